import { GRID_LINES_FROM, type Span } from '../../draw/layout';
import type { ColorScale } from '../../draw/colorScale';
import type { PlaneArea, PlaneGeometry } from '../../draw/planeGeometry';
import { groupPeriods } from '../../draw/ticks';
import type { CellRectangle } from '../../draw/tiles';
import type { AxisLabels } from './axes';
import { clipped, paintColumnLabels, paintRowLabels } from './labelPainter';
import type { MatrixImages } from './matrixImages';
import { paintFrame, paintHatching, paintLines, paintNumbers, paintTile, type Context } from './planePainter';
import { valueReader, type ArrivedPiece, type DrawnPlane } from './planePieces';
import type { CanvasTheme } from './theme';

/** Cells at the edges of a plane: top, left, bottom, right. */
export type Edges = readonly [top: number, left: number, bottom: number, right: number];

/** All that decides how a plane looks, wherever it is drawn. */
export interface PlaneScene extends DrawnPlane {
  readonly rowLabels?: AxisLabels;
  readonly columnLabels?: AxisLabels;
  readonly scale: ColorScale;
  readonly padding?: Edges;
  readonly images: MatrixImages;
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
  paintAround(context, scene, geometry, area, theme);
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
  paintAround(context, scene, geometry, area, theme);
}

function paintValues(
  context: Context,
  { channels, rowLabels, columnLabels, scale, padding, images }: PlaneScene,
  { rows, columns }: PlaneGeometry,
  area: PlaneArea,
  pieces: readonly ArrivedPiece[],
  theme: CanvasTheme,
): void {
  context.fillStyle = theme.waiting;
  context.fillRect(area.x, area.y, columns * area.cell, rows * area.cell);
  for (const { rectangle, block, matrices } of pieces)
    paintTile(context, area, rectangle, block, images.imageOf(matrices, scale));
  for (const part of padding ? edgeRectangles(padding, rows, columns) : [])
    paintHatching(context, area, part, theme);
  const groups = {
    rows: rowLabels ? groupPeriods(rowLabels.extents, area.cell, GROUP_SPACING) : [],
    columns: columnLabels ? groupPeriods(columnLabels.extents, area.cell, GROUP_SPACING) : [],
  };
  paintLines(context, area, groups, theme);
  if (channels) return; // three numbers do not fit a cell
  const valuesAt = valueReader(pieces);
  paintNumbers(context, area, (row, column) => valuesAt(row, column)?.[0], scale, theme);
}

/** Draws what is not values: the line around them, and the labels. */
function paintAround(
  context: Context,
  { rowLabels, columnLabels }: PlaneScene,
  geometry: PlaneGeometry,
  area: PlaneArea,
  theme: CanvasTheme,
): void {
  const { left, top, width, height, rows, columns } = geometry;
  clipped(context, left - 1, top - 1, width - left + 1, height - top + 1, () =>
    paintFrame(context, area, rows, columns),
  );
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
