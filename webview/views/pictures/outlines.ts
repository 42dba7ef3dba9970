import { contourWithin, type Segment } from '../../draw/contour';
import { GRID_LINES_FROM } from '../../draw/layout';
import type { PlaneArea } from '../../draw/planeGeometry';
import type { CellRectangle } from '../../draw/tiles';
import type { PlaneCell } from './cursor';
import type { LinkedCells, Plane } from './picture';
import type { Context } from './planePainter';
import type { SeenCells } from './planePieces';
import type { CanvasTheme } from './theme';

/** How an outline looks; role colours alone would not show on every value, nor to everyone. */
export type OutlineStyle = 'linked' | 'selected' | 'cursor';

/** Strokes an outline over data of any colour: a dark and a light line, and the role's colour on top. */
export function paintOutline(
  context: Context,
  area: Pick<PlaneArea, 'x' | 'y' | 'cell'>,
  segments: readonly Segment[],
  style: OutlineStyle,
  theme: CanvasTheme,
): void {
  const { x, y, cell } = area;
  const path = new Path2D();
  for (const { x0, y0, x1, y1 } of segments) {
    path.moveTo(x + x0 * cell, y + y0 * cell);
    path.lineTo(x + x1 * cell, y + y1 * cell);
  }
  const [outer, middle, inner] = cell < GRID_LINES_FROM ? [4, 2.5, 1.5] : [5.5, 3.5, 2];
  const color = { linked: theme.role, selected: '#fff', cursor: theme.focus }[style];
  const layers: readonly (readonly [width: number, color: string])[] = [
    [outer, '#000a'],
    [middle, '#fff'],
    [inner, color],
  ];
  context.lineCap = 'square';
  for (const [width, color] of layers) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.setLineDash(style === 'cursor' && width === inner ? [4, 3] : []);
    context.stroke(path);
  }
  context.setLineDash([]);
}

/** The outline of a rectangle of cells. */
export function rectangleOutline({ row, column, rows, columns }: CellRectangle): Segment[] {
  const right = column + columns;
  const bottom = row + rows;
  return [
    { x0: column, y0: row, x1: right, y1: row },
    { x0: right, y0: row, x1: right, y1: bottom },
    { x0: right, y0: bottom, x1: column, y1: bottom },
    { x0: column, y0: bottom, x1: column, y1: row },
  ];
}

export function cellOutline({ row, column }: PlaneCell): Segment[] {
  return rectangleOutline({ row, column, rows: 1, columns: 1 });
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
