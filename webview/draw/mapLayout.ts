import { GRID_LINES_FROM, LARGEST_CELL, SMALLEST_CELL, type Span } from './layout';

/** Space between maps, which holds their outlines. */
const GAP = 6;
const WIDEST_GAP = 24;
/** Maps are not made smaller than this to get more of them into view. */
const SMALLEST_MAP = 24;
/** Maps of at most as many pixels have at least one for each cell: less is no picture of a digit. */
const SMALL_IMAGE = 40;
/** A map alone need not be larger than this. */
const COMFORTABLE_MAP = 280;

/**
 * Maps of equal size in rows, read like text. A matrix of maps that is higher than the view and leaves room beside it
 * stands in several blocks, as a long list in a newspaper. Lengths are CSS pixels.
 */
export interface MapLayout {
  readonly count: number;
  /** Cells of a map. */
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  /** Maps side by side, and one below the other. */
  readonly across: number;
  readonly down: number;
  /** Maps side by side in each block. */
  readonly perRow: number;
  /** Distance from one map to the next. */
  readonly pitchX: number;
  readonly pitchY: number;
  /** Room for names between two blocks. */
  readonly heads: number;
  readonly contentWidth: number;
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
  /** Width of the names before each block. */
  readonly heads: number;
  readonly devicePixelRatio: number;
  /** Maps in each row of a matrix of maps; as many as fit where left out. */
  readonly perRow?: number;
}

/** The layout with the largest cells that shows all maps at once; scrolling where they would become too small. */
export function fitMaps(options: MapLayoutOptions): MapLayout {
  const { count, rows, columns, width, height, caption, heads, devicePixelRatio } = options;
  const longest = Math.max(rows, columns);
  const { perRow = 1 } = options;
  const gap = options.perRow === undefined ? 0 : heads;
  const pixels = longest / devicePixelRatio;
  const least = (pixels <= SMALL_IMAGE ? Math.max(SMALLEST_MAP, pixels) : SMALLEST_MAP) / longest;
  let best = 0;
  for (let blocks = 1; blocks <= Math.ceil(count / perRow); blocks++) {
    const down = Math.ceil(count / perRow / blocks);
    const cellAcross = ((width - GAP - (blocks - 1) * gap) / (blocks * perRow) - GAP) / columns;
    const cellDown = ((height - GAP) / down - caption - GAP) / rows;
    const fitting = Math.max(least, Math.min(cellAcross, cellDown));
    // To read on in another block is worth it only for cells that are much larger.
    if (fitting > best * (options.perRow === undefined ? 1 : 1.5)) best = fitting;
    if (cellAcross * longest < SMALLEST_MAP) break;
  }
  best = Math.min(best, COMFORTABLE_MAP / longest, (width - 2 * GAP) / columns);
  // Whole device pixels keep lines between cells crisp; where there are none, whole maps waste less room.
  const grain = (best < GRID_LINES_FROM ? 1 / longest : 1) / devicePixelRatio;
  return layOutMaps(options, Math.floor(best / grain + 1e-9) * grain);
}

/** The layout with cells of a given edge. */
export function layOutMaps(options: MapLayoutOptions, wantedCell: number): MapLayout {
  const { count, rows, columns, width, height, caption, heads } = options;
  const cell = Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, wantedCell));
  const closest = columns * cell + GAP;
  const pitchY = rows * cell + caption + GAP;
  const size = { count, rows, columns, cell, pitchY, heads };
  if (options.perRow === undefined) {
    const perRow = Math.max(1, Math.min(count, Math.floor((width - GAP) / closest)));
    // Full rows reach from edge to edge.
    const spare = count > perRow ? Math.max(0, Math.floor((width - GAP) / perRow - closest)) : 0;
    return withExtents({ ...size, perRow, pitchX: closest + Math.min(spare, WIDEST_GAP) }, 1);
  }
  const { perRow } = options;
  const fitting = Math.floor((width - GAP + heads) / (perRow * closest + heads));
  const inView = Math.max(1, Math.floor((height - GAP) / pitchY));
  const needed = Math.ceil(count / perRow / inView);
  return withExtents({ ...size, perRow, pitchX: closest }, Math.max(1, Math.min(fitting, needed)));
}

function withExtents(
  layout: Omit<MapLayout, 'across' | 'down' | 'contentWidth' | 'contentHeight'>,
  blocks: number,
): MapLayout {
  const { count, perRow, pitchX, pitchY, heads } = layout;
  const down = Math.max(1, Math.ceil(count / perRow / blocks));
  const across = perRow * Math.max(1, Math.ceil(count / perRow / down));
  const contentWidth = across * pitchX + (across / perRow - 1) * heads;
  return { ...layout, across, down, contentWidth, contentHeight: down * pitchY + GAP };
}

/** Where a map stands among those side by side and one below the other. */
export interface MapPlace {
  readonly row: number;
  readonly column: number;
}

export function mapPlace({ perRow, down }: MapLayout, map: number): MapPlace {
  const row = Math.floor(map / perRow);
  return { row: row % down, column: Math.floor(row / down) * perRow + (map % perRow) };
}

/** The map at a place; undefined where there is none. */
export function mapAt(
  { count, perRow, across, down }: MapLayout,
  { row, column }: MapPlace,
): number | undefined {
  const map = (Math.floor(column / perRow) * down + row) * perRow + (column % perRow);
  return row < down && column < across && map < count ? map : undefined;
}

/** Corner of a map in the content. */
export function mapCorner(layout: MapLayout, map: number): { x: number; y: number } {
  const { perRow, pitchX, pitchY, heads } = layout;
  const { row, column } = mapPlace(layout, map);
  return { x: GAP + column * pitchX + Math.floor(column / perRow) * heads, y: GAP + row * pitchY };
}

/** Rows and columns of maps. */
export interface MapSpans {
  readonly rows: Span;
  readonly columns: Span;
}

/** Rows and columns of maps of which something is seen. */
export function visibleMaps(
  layout: MapLayout,
  offset: { readonly left: number; readonly top: number },
  viewport: { readonly width: number; readonly height: number },
): MapSpans {
  const { across, down, pitchY } = layout;
  const span = (from: number, to: number, most: number): Span => {
    const end = Math.min(most, Math.ceil(to));
    return { start: Math.min(end, Math.max(0, Math.floor(from))), end };
  };
  const columnsTo = (x: number): number => columnsBefore(layout, x - GAP);
  return {
    rows: span((offset.top - GAP) / pitchY, (offset.top + viewport.height) / pitchY, down),
    columns: span(columnsTo(offset.left), columnsTo(offset.left + viewport.width + GAP), across),
  };
}

/** Columns of maps in the first so many pixels; those between two blocks belong to the one before. */
function columnsBefore({ perRow, pitchX, heads }: MapLayout, x: number): number {
  const block = Math.max(0, Math.floor(x / (perRow * pitchX + heads)));
  return block * perRow + Math.min(perRow, (x - block * (perRow * pitchX + heads)) / pitchX);
}

/** The maps in these rows and columns. */
export function mapsIn(layout: MapLayout, { rows, columns }: MapSpans): number[] {
  const maps: number[] = [];
  for (let row = rows.start; row < rows.end; row++)
    for (let column = columns.start; column < columns.end; column++) {
      const map = mapAt(layout, { row, column });
      if (map !== undefined) maps.push(map);
    }
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
  const { rows, columns, cell, pitchY } = layout;
  if (x < GAP || y < GAP) return undefined;
  const place = { row: Math.floor((y - GAP) / pitchY), column: Math.floor(columnsBefore(layout, x - GAP)) };
  const map = mapAt(layout, place);
  if (map === undefined) return undefined;
  const corner = mapCorner(layout, map);
  const column = Math.floor((x - corner.x) / cell);
  const row = Math.floor((y - corner.y) / cell);
  return column >= 0 && column < columns && row < rows ? { map, row, column } : undefined;
}
