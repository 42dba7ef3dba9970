import { contourWithin, type Segment } from '../../draw/contour';
import { blockOf, GRID_LINES_FROM, type Span } from '../../draw/layout';
import type { ColorScale } from '../../draw/colorScale';
import type { PlaneArea, PlaneGeometry } from '../../draw/planeGeometry';
import { groupPeriods } from '../../draw/ticks';
import { tileGrid, tilesIn, type CellRectangle } from '../../draw/tiles';
import type { Tile, TileRequest } from './arrayReader';
import type { AxisLabels } from './axes';
import { clipped, paintColumnLabels, paintRowLabels } from './labelPainter';
import type { MatrixImages } from './matrixImages';
import type { LinkedCells, Plane } from './picture';
import { planeMatrix, planeRequest, valueAt, type TileMatrix } from './plane';
import { paintHatching, paintLines, paintNumbers, paintTile, type Context } from './planePainter';
import type { CanvasTheme } from './theme';

/** Cells at the edges of a plane: top, left, bottom, right. */
export type Edges = readonly [top: number, left: number, bottom: number, right: number];

/** All that decides how a plane looks, wherever it is drawn. */
export interface PlaneScene {
  readonly array: string;
  readonly plane: Plane;
  readonly rowLabels?: AxisLabels;
  readonly columnLabels?: AxisLabels;
  readonly scale: ColorScale;
  readonly padding?: Edges;
  readonly images: MatrixImages;
}

/** Rows and columns of a plane that are seen. */
export type SeenCells = Pick<PlaneArea, 'rows' | 'columns'>;

/** A piece of what is seen. */
export interface ScenePiece {
  readonly rectangle: CellRectangle;
  readonly block: number;
  readonly request: TileRequest;
}

/** A piece with its values. */
export interface ArrivedPiece extends ScenePiece {
  readonly matrix: TileMatrix;
}

/** What has to be read for an area to be drawn. @param margin further pixels around it, to be ready for scrolling */
export function piecesOf(
  { array, plane }: Pick<PlaneScene, 'array' | 'plane'>,
  { rows, columns, cell }: Pick<PlaneGeometry, 'rows' | 'columns' | 'cell'>,
  area: SeenCells,
  devicePixelRatio: number,
  margin = 0,
): ScenePiece[] {
  const isVector = plane.rowAxis === undefined || plane.columnAxis === undefined;
  const block = isVector ? 1 : blockOf(cell, devicePixelRatio);
  const extra = Math.ceil(margin / cell);
  const widened = ({ start, end }: Span, count: number): Span => ({
    start: Math.max(0, start - extra),
    end: Math.min(count, end + extra),
  });
  const rectangles = tilesIn(
    tileGrid(rows, columns, block),
    widened(area.rows, rows),
    widened(area.columns, columns),
  );
  return rectangles.map(rectangle => ({
    rectangle,
    block,
    request: planeRequest(array, plane, rectangle, block),
  }));
}

/** The pieces that have arrived. `isComplete` says whether these are all that is seen; the margin may lag. */
export function withTiles(
  plane: Plane,
  area: SeenCells,
  pieces: readonly ScenePiece[],
  tiles: readonly (Tile | undefined)[],
): { arrived: ArrivedPiece[]; isComplete: boolean } {
  const arrived: ArrivedPiece[] = [];
  let isComplete = true;
  pieces.forEach((piece, i) => {
    const tile = tiles[i];
    if (tile) arrived.push({ ...piece, matrix: planeMatrix(tile, plane, piece.rectangle, piece.block) });
    else if (isSeen(piece.rectangle, area)) isComplete = false;
  });
  return { arrived, isComplete };
}

function isSeen({ row, column, rows, columns }: CellRectangle, area: SeenCells): boolean {
  return (
    row < area.rows.end &&
    row + rows > area.rows.start &&
    column < area.columns.end &&
    column + columns > area.columns.start
  );
}

/** Finds the exact values of cells in the pieces that have arrived. */
export function valueReader(
  pieces: readonly ArrivedPiece[],
): (row: number, column: number) => number | undefined {
  let last: ArrivedPiece | undefined; // neighbours are mostly in the same piece
  return (row, column) => {
    if (!last || !holds(last, row, column)) last = pieces.find(piece => holds(piece, row, column));
    return last && valueAt(last.matrix, row - last.rectangle.row, column - last.rectangle.column);
  };
}

function holds({ block, rectangle }: ArrivedPiece, row: number, column: number): boolean {
  return (
    block === 1 &&
    row >= rectangle.row &&
    column >= rectangle.column &&
    row < rectangle.row + rectangle.rows &&
    column < rectangle.column + rectangle.columns
  );
}

/** Draws the values of an area with their labels on a cleared canvas. */
export function paintScene(
  context: Context,
  scene: PlaneScene,
  geometry: PlaneGeometry,
  area: PlaneArea,
  pieces: readonly ArrivedPiece[],
  theme: CanvasTheme,
): void {
  const { left, top, width, height } = geometry;
  clipped(context, left, top, width - left, height - top, () =>
    paintValues(context, scene, geometry, area, pieces, theme),
  );
  paintLabels(context, scene, geometry, area, theme);
}

/**
 * Draws an area over a canvas that shows `before`, the same at another place: what both show is moved, only the rest
 * is drawn. Setting numbers is what takes the time.
 */
export function paintScrolledScene(
  context: CanvasRenderingContext2D,
  scene: PlaneScene,
  geometry: PlaneGeometry,
  before: PlaneArea,
  area: PlaneArea,
  pieces: readonly ArrivedPiece[],
  theme: CanvasTheme,
): void {
  const { left, top, width, height, cell } = geometry;
  const dx = area.x - before.x;
  const dy = area.y - before.y;
  const ratio = context.getTransform().a;
  const { canvas } = context;
  clipped(context, left, top, width - left, height - top, () => {
    context.globalCompositeOperation = 'copy';
    context.drawImage(canvas, dx, dy, canvas.width / ratio, canvas.height / ratio);
    context.globalCompositeOperation = 'source-over';
  });
  /** Draws what a rectangle of the viewport shows. */
  const uncover = (x: number, y: number, w: number, h: number): void => {
    if (w <= 0 || h <= 0) return;
    const seen = (from: number, length: number, span: Span): Span => ({
      start: Math.max(span.start, Math.floor(from / cell)),
      end: Math.min(span.end, Math.ceil((from + length) / cell)),
    });
    const part = {
      ...area,
      rows: seen(y - area.y, h, area.rows),
      columns: seen(x - area.x, w, area.columns),
    };
    clipped(context, x, y, w, h, () => paintValues(context, scene, geometry, part, pieces, theme));
  };
  uncover(left, dy > 0 ? top : height + dy, width - left, Math.abs(dy));
  uncover(dx > 0 ? left : width + dx, top, Math.abs(dx), height - top);
  context.clearRect(0, 0, width, top);
  context.clearRect(0, 0, left, height);
  paintLabels(context, scene, geometry, area, theme);
}

function paintValues(
  context: Context,
  { rowLabels, columnLabels, scale, padding, images }: PlaneScene,
  { rows, columns }: PlaneGeometry,
  area: PlaneArea,
  pieces: readonly ArrivedPiece[],
  theme: CanvasTheme,
): void {
  context.fillStyle = theme.waiting;
  context.fillRect(area.x, area.y, columns * area.cell, rows * area.cell);
  for (const { rectangle, block, matrix } of pieces)
    paintTile(context, area, rectangle, block, images.imageOf(matrix, scale));
  for (const part of padding ? edgeRectangles(padding, rows, columns) : [])
    paintHatching(context, area, part, theme);
  const groups = {
    rows: rowLabels ? groupPeriods(rowLabels.extents, area.cell, GROUP_SPACING) : [],
    columns: columnLabels ? groupPeriods(columnLabels.extents, area.cell, GROUP_SPACING) : [],
  };
  paintLines(context, area, groups, theme);
  paintNumbers(context, area, valueReader(pieces), scale, theme);
}

function paintLabels(
  context: Context,
  { rowLabels, columnLabels }: PlaneScene,
  geometry: PlaneGeometry,
  area: PlaneArea,
  theme: CanvasTheme,
): void {
  if (rowLabels) paintRowLabels(context, geometry, area, rowLabels, theme);
  if (columnLabels) paintColumnLabels(context, geometry, area, columnLabels, theme);
}

/** Narrower groups would be more gap than data. */
const GROUP_SPACING = 4 * GRID_LINES_FROM;

/** The four parts of a frame of padding around a plane. */
export function edgeRectangles(
  [top, left, bottom, right]: Edges,
  rows: number,
  columns: number,
): CellRectangle[] {
  const inner = rows - top - bottom;
  return [
    { row: 0, column: 0, rows: top, columns },
    { row: rows - bottom, column: 0, rows: bottom, columns },
    { row: top, column: 0, rows: inner, columns: left },
    { row: top, column: columns - right, rows: inner, columns: right },
  ];
}

/**
 * Outline of the linked cells of a part of a plane, in cells of the plane.
 * @param asked how many cells may be asked whether they are linked
 */
export function linkedOutline(
  array: string,
  plane: Plane,
  part: SeenCells,
  links: LinkedCells,
  asked?: number,
): Segment[] {
  const first = links.first(array);
  if (!first) return [];
  const { rowAxis, columnAxis } = plane;
  const index = [...plane.index];
  const isLinked = (row: number, column: number): boolean => {
    if (rowAxis !== undefined) index[rowAxis] = row;
    if (columnAxis !== undefined) index[columnAxis] = column;
    return links.has(array, index);
  };
  const through = {
    row: rowAxis === undefined ? 0 : first[rowAxis],
    column: columnAxis === undefined ? 0 : first[columnAxis],
  };
  return contourWithin(part, isLinked, through, asked);
}
