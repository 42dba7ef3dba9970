import { GRID_LINES_FROM, LARGEST_CELL, SMALLEST_CELL, type Span } from './layout';

/** Space between maps, which holds their outlines. */
const GAP = 6;
const WIDEST_GAP = 24;
/** Maps are not made smaller than this to get more of them into view. */
const SMALLEST_MAP = 24;
/** A map alone need not be larger than this. */
const COMFORTABLE_MAP = 280;

/** Maps of equal size in rows, read like text. Lengths are CSS pixels. */
export interface MapLayout {
  readonly count: number;
  /** Cells of a map. */
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  readonly perRow: number;
  /** Distance from one map to the next. */
  readonly pitchX: number;
  readonly pitchY: number;
  readonly contentHeight: number;
}

export interface MapLayoutOptions {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Height of the line under each map. */
  readonly caption: number;
  readonly devicePixelRatio: number;
  /** Maps in each row; as many as fit where left out. */
  readonly perRow?: number;
}

/** The layout with the largest cells that shows all maps at once; scrolling where they would become too small. */
export function fitMaps(options: MapLayoutOptions): MapLayout {
  const { count, rows, columns, width, height, caption, devicePixelRatio } = options;
  const longest = Math.max(rows, columns);
  let best = SMALLEST_MAP / longest;
  const [fewest, most] = options.perRow === undefined ? [1, count] : [options.perRow, options.perRow];
  for (let perRow = fewest; perRow <= most; perRow++) {
    const across = ((width - GAP) / perRow - GAP) / columns;
    const down = ((height - GAP) / Math.ceil(count / perRow) - caption - GAP) / rows;
    best = Math.max(best, Math.min(across, down));
    if (across * longest < SMALLEST_MAP) break;
  }
  best = Math.min(best, COMFORTABLE_MAP / longest, (width - 2 * GAP) / columns);
  // Whole device pixels keep lines between cells crisp; where there are none, whole maps waste less room.
  const grain = (best < GRID_LINES_FROM ? 1 / longest : 1) / devicePixelRatio;
  return layOutMaps(options, Math.floor(best / grain) * grain);
}

/** The layout with cells of a given edge. */
export function layOutMaps(options: MapLayoutOptions, wantedCell: number): MapLayout {
  const { count, rows, columns, width, caption } = options;
  const cell = Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, wantedCell));
  const closest = columns * cell + GAP;
  const pitchY = rows * cell + caption + GAP;
  const fitting = Math.max(1, Math.min(count, Math.floor((width - GAP) / closest)));
  const perRow = options.perRow ?? fitting;
  // Full rows reach from edge to edge.
  const spare =
    count > perRow && options.perRow === undefined
      ? Math.max(0, Math.floor((width - GAP) / perRow - closest))
      : 0;
  const pitchX = closest + Math.min(spare, WIDEST_GAP);
  const contentHeight = Math.ceil(count / perRow) * pitchY + GAP;
  return { count, rows, columns, cell, perRow, pitchX, pitchY, contentHeight };
}

/** Corner of a map in the content. */
export function mapCorner({ perRow, pitchX, pitchY }: MapLayout, map: number): { x: number; y: number } {
  return { x: GAP + (map % perRow) * pitchX, y: GAP + Math.floor(map / perRow) * pitchY };
}

/** Rows and columns of maps. */
export interface MapSpans {
  readonly rows: Span;
  readonly columns: Span;
}

/** Rows and columns of maps of which something is seen. */
export function visibleMaps(
  { count, perRow, pitchX, pitchY }: MapLayout,
  offset: { readonly left: number; readonly top: number },
  viewport: { readonly width: number; readonly height: number },
): MapSpans {
  const span = (from: number, length: number, pitch: number, most: number): Span => {
    const end = Math.min(most, Math.ceil((from + length) / pitch));
    return { start: Math.min(end, Math.max(0, Math.floor((from - GAP) / pitch))), end };
  };
  return {
    rows: span(offset.top, viewport.height, pitchY, Math.ceil(count / perRow)),
    columns: span(offset.left, viewport.width, pitchX, perRow),
  };
}

/** The maps in these rows and columns. */
export function mapsIn({ count, perRow }: MapLayout, { rows, columns }: MapSpans): number[] {
  const maps: number[] = [];
  for (let row = rows.start; row < rows.end; row++)
    for (let column = columns.start; column < columns.end; column++)
      if (row * perRow + column < count) maps.push(row * perRow + column);
  return maps;
}

/** A cell of a map. */
export interface MapCell {
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

/** The cell at a point of the content, if there is one. */
export function mapCellAt(layout: MapLayout, x: number, y: number): MapCell | undefined {
  const { count, rows, columns, cell, perRow, pitchX, pitchY } = layout;
  const across = Math.floor((x - GAP) / pitchX);
  const down = Math.floor((y - GAP) / pitchY);
  const map = down * perRow + across;
  if (x < GAP || y < GAP || across >= perRow || map >= count) return undefined;
  const column = Math.floor((x - GAP - across * pitchX) / cell);
  const row = Math.floor((y - GAP - down * pitchY) / cell);
  return column < columns && row < rows ? { map, row, column } : undefined;
}
