import type { PlaneArea, PlaneGeometry } from '../../draw/planeGeometry';
import { periodOf, tickRule, ticksIn } from '../../draw/ticks';
import type { AxisLabels } from './axes';
import type { Context } from './planePainter';
import type { CanvasTheme } from './theme';

const FONT_SIZE = 10;
export const CHARACTER = 0.6 * FONT_SIZE;
/** Height of a line of labels. */
export const LINE = 13;
export const MARGIN = 6;
/** The labels of a narrow picture must leave room for its cells. */
const WIDEST_PART = 0.4;

/** Room that the labels of the rows and of the columns take. */
export interface LabelRoom {
  readonly left: number;
  readonly top: number;
}

/** @param cells width that the cells take at their most comfortable size: what they leave is for the labels */
export function labelRoom(
  rows: AxisLabels | undefined,
  columns: AxisLabels | undefined,
  width: number,
  cells: number,
): LabelRoom {
  const widest = rows && rows.extent > 0 ? rows.label(rows.extent - 1).length * CHARACTER + 2 * MARGIN : 0;
  return {
    left: Math.ceil(Math.min(widest, Math.max(width * WIDEST_PART, width - cells))),
    top: columns ? (columns.extents.length > 1 ? 2 : 1) * LINE + 2 : 0,
  };
}

/** Labels at the left: as many as fit, each naming the position as far as its neighbours differ in it. */
export function paintRowLabels(
  context: Context,
  { left, top, height }: PlaneGeometry,
  area: PlaneArea,
  axis: AxisLabels,
  theme: CanvasTheme,
): void {
  const rule = tickRule(axis.extents, area.cell, LINE - 1);
  const apart = (LINE - 1) / area.cell;
  let above = -Infinity;
  prepare(context, theme.muted, theme);
  // The label of a first row that is lower than a line of text reaches into the corner.
  clipped(context, 0, top - LINE / 2, left - MARGIN / 2, height - top + LINE / 2, () => {
    context.textAlign = 'right';
    for (const row of ticksIn(axis.extents, rule, area.rows.start, area.rows.end, apart)) {
      // A label of many rows stands at the first of them, one of the last row of a picture not below it.
      const middle = area.y + (row + 0.5) * area.cell;
      const raised = Math.min(middle, Math.max(area.y, height - LINE / 2));
      const y = row === axis.extent - 1 && raised - above >= LINE - 1 ? raised : middle;
      above = y;
      context.fillText(nameUpTo(axis, row, rule.variable), left - MARGIN, y);
    }
  });
}

/** Labels on top: the slower variables over their groups, the fastest over its columns. */
export function paintColumnLabels(
  context: Context,
  geometry: PlaneGeometry,
  area: PlaneArea,
  axis: AxisLabels,
  theme: CanvasTheme,
): void {
  const { left, top, width } = geometry;
  const fastest = axis.extents.length - 1;
  prepare(context, theme.muted, theme);
  // The first label may reach over the corner.
  clipped(context, left - 2 * MARGIN, 0, width - left + 2 * MARGIN, top, () => {
    const { x, cell, columns } = area;
    const longest = axis.part(axis.extent - 1, fastest).length * CHARACTER;
    const rule = tickRule(axis.extents, cell, longest + MARGIN);
    if (rule.variable === fastest) {
      context.textAlign = 'center';
      const ticks = ticksIn(axis.extents, rule, columns.start, columns.end, longest / cell);
      for (const column of ticks)
        context.fillText(axis.part(column, fastest), x + (column + 0.5) * cell, top - LINE / 2);
    }
    if (fastest > 0) paintGroupLabels(context, geometry, area, axis);
  });
}

/** Names of the groups of columns that the slower variables make, each over the middle of what is seen of its group. */
function paintGroupLabels(
  context: Context,
  { left, width }: PlaneGeometry,
  { x, cell, columns }: PlaneArea,
  axis: AxisLabels,
): void {
  const extents = axis.extents.slice(0, -1);
  const group = periodOf(axis.extents, extents.length - 1);
  const room = nameUpTo(axis, axis.extent - 1, extents.length - 1).length * CHARACTER + MARGIN;
  const rule = tickRule(extents, group * cell, room);
  /** Groups that a label stands for: the one it names and those up to the next label. */
  const span = periodOf(extents, rule.variable) * rule.step;
  const first = Math.floor(columns.start / group / span) * span;
  context.textAlign = 'left';
  for (const tick of ticksIn(extents, rule, first, columns.end / group, room / (group * cell))) {
    const text = nameUpTo(axis, tick * group, rule.variable);
    const start = Math.max(left, x + tick * group * cell);
    const end = Math.min(width, x + Math.min((tick + span) * group, axis.extent) * cell);
    const centred = (start + end - text.length * CHARACTER) / 2;
    context.fillText(text, Math.max(start, centred), LINE / 2 + 1);
  }
}

/** The labels of one row and one column, shown whether or not they have a place in the rule. */
export function paintCellLabels(
  context: Context,
  geometry: PlaneGeometry,
  area: PlaneArea,
  axes: { readonly rows?: AxisLabels; readonly columns?: AxisLabels },
  cell: { readonly row: number; readonly column: number },
  theme: CanvasTheme,
): void {
  const { left, top, width, height } = geometry;
  const label = (x: number, y: number, w: number, h: number): void => {
    plate(context, x, y, w, h, theme.waiting);
    prepare(context, theme.foreground, theme);
  };
  if (axes.rows && cell.row >= area.rows.start && cell.row < area.rows.end) {
    const y = Math.max(top + LINE / 2, Math.min(height - LINE / 2, area.y + (cell.row + 0.5) * area.cell));
    label(0, y - LINE / 2, left, LINE);
    context.textAlign = 'right';
    context.fillText(axes.rows.label(cell.row), left - MARGIN, y, left - MARGIN);
  }
  if (axes.columns && cell.column >= area.columns.start && cell.column < area.columns.end) {
    const text = axes.columns.label(cell.column);
    const half = (text.length * CHARACTER) / 2 + MARGIN / 2;
    const middle = area.x + (cell.column + 0.5) * area.cell;
    const x = Math.max(Math.min(left, width - 2 * half) + half, Math.min(width - half, middle));
    label(x - half, 0, 2 * half, top - 1);
    context.textAlign = 'center';
    context.fillText(text, x, top / 2);
  }
}

/** `n0 oh3` of `n0 oh3 ow17`. */
function nameUpTo(axis: AxisLabels, position: number, variable: number): string {
  return axis.extents
    .slice(0, variable + 1)
    .map((_, i) => axis.part(position, i))
    .join(' ');
}

/** Sets the font and the colour of labels. */
export function prepare(context: Context, color: string, theme: CanvasTheme): void {
  context.font = `${FONT_SIZE}px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  context.fillStyle = color;
}

/** Covers what labels are written over. */
export function plate(
  context: Context,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  context.fillStyle = color;
  context.fillRect(x, y, width, height);
}

export function clipped(
  context: Context,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}
