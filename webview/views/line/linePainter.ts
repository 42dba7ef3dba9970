import { NOT_FINITE, type Rgb } from '../../draw/colormap';
import { brief, digitsWithin } from '../../draw/format';
import type { PlaneArea, PlaneGeometry } from '../../draw/planeGeometry';
import { tickRule, ticksIn } from '../../draw/ticks';
import { valueTicks } from '../../draw/valueTicks';
import type { AxisLabels } from '../pictures/axes';
import { CHARACTER, clipped, LINE, MARGIN, plate, prepare } from '../pictures/labelPainter';
import type { Context } from '../pictures/planePainter';
import type { CanvasTheme } from '../pictures/theme';
import { visitBlocks, type ArrivedLine } from './linePieces';
import { heightOf, type LineScale } from './lineScale';

/** Dots mark the elements from this distance between them on, in pixels. */
const DOTS_FROM = 7;
/** Pixels between the ends of the range and the edges of the plot. */
const ROOM = 8;

/** All that decides how a line looks. */
export interface LineScene {
  readonly labels: AxisLabels;
  readonly scale: LineScale;
}

/** Pixels below the plot, which hold the positions. */
const BELOW = LINE + 4;

/** Room for the numbers along the left of a plot of so many pixels. */
export function lineRoom(scale: LineScale, height: number): number {
  const longest = Math.max(0, ...ticksOf(scale, height).map(tick => tickText(scale, tick).length));
  return Math.ceil(longest * CHARACTER + 2 * MARGIN);
}

function ticksOf({ scaling, min, max, isWhole }: LineScale, height: number): number[] {
  return valueTicks(scaling, min, max, Math.max(2, Math.floor((height - BELOW) / (2.5 * LINE))), isWhole);
}

function tickText({ min, max }: LineScale, tick: number): string {
  return brief(tick, digitsWithin(min, max, 4));
}

/** The upper and the lower end of the range on a canvas. */
function endsOf({ top, height }: PlaneGeometry): readonly [top: number, bottom: number] {
  return [top + ROOM, height - BELOW - ROOM];
}

export function paintLineScene(
  context: Context,
  { labels, scale }: LineScene,
  geometry: PlaneGeometry,
  area: PlaneArea,
  pieces: readonly ArrivedLine[],
  theme: CanvasTheme,
): void {
  const { left, top, width, height } = geometry;
  const plotHeight = height - top - BELOW;
  plate(context, left, top, width - left, plotHeight, theme.waiting);
  paintValueAxis(context, scale, geometry, theme);
  clipped(context, left, top, width - left, plotHeight, () => {
    paintLine(context, scale, geometry, area, pieces, theme);
  });
  paintPositions(context, labels, geometry, area, theme);
}

function paintValueAxis(
  context: Context,
  scale: LineScale,
  geometry: PlaneGeometry,
  theme: CanvasTheme,
): void {
  const { left, width, height } = geometry;
  const [top, bottom] = endsOf(geometry);
  const yOf = heightOf(scale, top, bottom);
  prepare(context, theme.muted, theme);
  context.textAlign = 'right';
  for (const tick of ticksOf(scale, height)) {
    const y = Math.round(yOf(tick)) + 0.5;
    context.fillStyle = theme.muted;
    context.fillText(tickText(scale, tick), left - MARGIN, y);
    // Grey shows on light and dark alike; the line of zero stands out.
    context.fillStyle = tick === 0 ? '#808080' : theme.highContrast ? '#808080aa' : '#80808040';
    context.fillRect(left, y - 0.5, width - left, 1);
  }
}

function paintLine(
  context: Context,
  scale: LineScale,
  geometry: PlaneGeometry,
  area: PlaneArea,
  pieces: readonly ArrivedLine[],
  theme: CanvasTheme,
): void {
  const { x, cell, columns } = area;
  const [top, bottom] = endsOf(geometry);
  const yOf = heightOf(scale, top, bottom);
  const path = new Path2D();
  const dots = new Path2D();
  const marks = new Map<Rgb, Path2D>();
  let isGap = true;
  visitBlocks(pieces, columns, (position, min, max) => {
    const at = x + (position + 0.5) * cell;
    if (!Number.isFinite(min) || !Number.isFinite(max)) mark(marks, at, min, max, top, bottom);
    const [low, high] = [yOf(min), yOf(max)];
    if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(min + max)) {
      isGap = true;
      return;
    }
    if (isGap) path.moveTo(at, low);
    else path.lineTo(at, low);
    // A value alone between two gaps would be a line of no length.
    path.lineTo(at, high === low && isGap ? high - 1 : high);
    isGap = false;
    if (cell >= DOTS_FROM) dots.rect(at - 2, low - 2, 4, 4);
  });
  context.strokeStyle = theme.role;
  context.fillStyle = theme.role;
  context.lineWidth = cell >= 1 ? 1.5 : 1;
  context.lineJoin = 'round';
  context.stroke(path);
  context.fill(dots);
  for (const [color, path] of marks) {
    context.fillStyle = `rgb(${color.join(', ')})`;
    context.fill(path);
  }
}

/** Marks what has no height: NaN across the middle, the infinities at their ends. */
function mark(
  marks: Map<Rgb, Path2D>,
  at: number,
  min: number,
  max: number,
  top: number,
  bottom: number,
): void {
  const put = (color: Rgb, y: number): void => {
    const path = marks.get(color) ?? new Path2D();
    marks.set(color, path);
    path.rect(at - 2, y - 2, 4, 4);
  };
  if (Number.isNaN(min) || Number.isNaN(max)) put(NOT_FINITE.nan, (top + bottom) / 2);
  if (max === Infinity) put(NOT_FINITE.posInf, top - 4);
  if (min === -Infinity) put(NOT_FINITE.negInf, bottom + 4);
}

function paintPositions(
  context: Context,
  labels: AxisLabels,
  { left, width, height }: PlaneGeometry,
  { x, cell, columns }: PlaneArea,
  theme: CanvasTheme,
): void {
  const longest = labels.label(labels.extent - 1).length * CHARACTER;
  const rule = tickRule(labels.extents, cell, longest + 2 * MARGIN);
  prepare(context, theme.muted, theme);
  context.textAlign = 'center';
  for (const position of ticksIn(labels.extents, rule, columns.start, columns.end)) {
    const at = x + (position + 0.5) * cell;
    if (at < left) continue;
    context.fillStyle = theme.muted;
    context.fillRect(at - 0.5, height - BELOW, 1, 3);
    const half = (labels.label(position).length * CHARACTER) / 2;
    context.fillText(labels.label(position), Math.min(at, width - half), height - LINE / 2);
  }
}

/** Draws where the pointer or the cursor is: a line through the position, a dot at its value. */
export function paintLineCursor(
  context: Context,
  { scale }: LineScene,
  geometry: PlaneGeometry,
  { x, cell }: PlaneArea,
  position: number,
  value: number | undefined,
  theme: CanvasTheme,
): void {
  const [top, bottom] = endsOf(geometry);
  const at = x + (position + 0.5) * cell;
  context.fillStyle = theme.muted;
  context.fillRect(Math.round(at) - 0.5, geometry.top, 1, bottom + ROOM - geometry.top);
  const y = value === undefined ? NaN : heightOf(scale, top, bottom)(value);
  if (!Number.isFinite(y)) return;
  context.beginPath();
  context.arc(at, y, 4, 0, 2 * Math.PI);
  context.fillStyle = theme.foreground;
  context.fill();
}
