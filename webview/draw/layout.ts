/** Edges a cell can be given with the zoom buttons, in CSS pixels. */
const ZOOM_STEPS = [
  1 / 256,
  1 / 128,
  1 / 64,
  1 / 32,
  1 / 16,
  1 / 8,
  1 / 4,
  1 / 2,
  1,
  2,
  3,
  4,
  6,
  8,
  10,
  12,
  16,
  20,
  24,
  32,
  40,
  48,
  64,
] as const;

export const SMALLEST_CELL = ZOOM_STEPS[0];
export const LARGEST_CELL = ZOOM_STEPS[ZOOM_STEPS.length - 1];

/** From this edge on, cells are large enough for lines between them. */
export const GRID_LINES_FROM = 6;
/** From this edge on, cells are large enough for numbers in them. */
export const NUMBERS_FROM = 17;

/** Browsers lose track of elements longer than about 33 million pixels. */
const LONGEST_SPACER = 16_000_000;

/** The next larger (`direction` 1) or smaller (−1) zoom step. */
export function zoomed(cell: number, direction: 1 | -1): number {
  return direction > 0
    ? (ZOOM_STEPS.find(step => step > cell * 1.01) ?? LARGEST_CELL)
    : (ZOOM_STEPS.findLast(step => step < cell * 0.99) ?? SMALLEST_CELL);
}

/** The largest cell with which `count` of them fit into `pixels`, within the zoom's limits, on whole device pixels. */
export function fittingCell(count: number, pixels: number, devicePixelRatio: number): number {
  const fitting = pixels / Math.max(1, count);
  const crisp = fitting >= 1 ? Math.floor(fitting * devicePixelRatio) / devicePixelRatio : fitting;
  return withinZoom(crisp);
}

/**
 * The largest cell with which a whole plane fits. Not on whole pixels: for each cell of an image they would waste up
 * to one.
 */
export function fittingSquare(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  width: number,
  height: number,
): number {
  const fitting = Math.min(width / Math.max(1, columns), height / Math.max(1, rows));
  const units = LAYOUT_UNITS * Math.max(1, rows, columns);
  return withinZoom(Math.floor(fitting * units) / units);
}

/** Browsers lay out in these parts of a pixel; a plane with a finer edge could be rounded up and bring scroll bars. */
const LAYOUT_UNITS = 64;

function withinZoom(cell: number): number {
  return Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, cell));
}

/** Edge in cells, a power of two, of the squares that take at least one device pixel. */
export function blockOf(cell: number, devicePixelRatio: number): number {
  let block = 1;
  while (block * cell * devicePixelRatio < 0.999) block *= 2;
  return block;
}

/** Positions `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Cells of an axis that are seen, partly seen ones included. @param offset pixels scrolled past */
export function visibleSpan(offset: number, viewport: number, cell: number, count: number): Span {
  const start = Math.max(0, Math.floor(offset / cell));
  const end = Math.min(count, Math.ceil((offset + viewport) / cell));
  return { start: Math.min(start, end), end };
}

/**
 * One axis of a scrollable picture. Content that is too long for a browser's scroll bar gets a shorter spacer, and the
 * bar's way is stretched to the content's.
 */
export interface ScrollAxis {
  /** Pixels of content. */
  readonly content: number;
  readonly viewport: number;
}

export function spacerLength({ content }: ScrollAxis): number {
  return Math.min(content, LONGEST_SPACER);
}

/** Pixels of content that are scrolled past when the bar is at `scroll`. */
export function contentOffset(axis: ScrollAxis, scroll: number): number {
  const way = Math.max(0, axis.content - axis.viewport);
  return Math.max(0, Math.min(way, scroll * stretch(axis)));
}

/** Where the bar must be for the content to be at `offset`; inverse of {@link contentOffset}. */
export function scrollPosition(axis: ScrollAxis, offset: number): number {
  const way = Math.max(0, axis.content - axis.viewport);
  return Math.max(0, Math.min(way, offset)) / stretch(axis);
}

function stretch(axis: ScrollAxis): number {
  const way = axis.content - axis.viewport;
  const barWay = spacerLength(axis) - axis.viewport;
  return barWay > 0 ? way / barWay : 1;
}

/** The offset closest to `offset` at which the cell at `position` is wholly seen; centred if it has to move far. */
export function offsetShowing(position: number, cell: number, offset: number, viewport: number): number {
  const start = position * cell;
  const end = start + cell;
  if (start >= offset && end <= offset + viewport) return offset;
  const isNear = start >= offset - viewport / 2 && end <= offset + viewport * 1.5;
  if (!isNear) return Math.max(0, (start + end - viewport) / 2);
  return start < offset ? start : end - viewport;
}
