import type { Span } from './layout';

/** A straight piece of an outline, in cell units: from (x0, y0) to (x1, y1). */
export interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * Outline of a set of cells: the edges between cells that belong to it and cells that do not, joined to long pieces.
 * Cells outside the rectangle count as not belonging.
 * @param has whether the cell at a row < `rows` and a column < `columns` belongs
 */
export function contour(
  rows: number,
  columns: number,
  has: (row: number, column: number) => boolean,
): Segment[] {
  const width = columns + 2; // a margin of cells that do not belong saves the tests at the edges
  const member = new Uint8Array((rows + 2) * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (has(row, column)) member[(row + 1) * width + column + 1] = 1;
    }
  }
  const segments: Segment[] = [];
  for (let y = 0; y <= rows; y++) {
    forEachRun(
      columns,
      x => member[(y + 1) * width + x + 1] - member[y * width + x + 1],
      (x0, x1) => segments.push({ x0, y0: y, x1, y1: y }),
    );
  }
  for (let x = 0; x <= columns; x++) {
    forEachRun(
      rows,
      y => member[(y + 1) * width + x + 1] - member[(y + 1) * width + x],
      (y0, y1) => segments.push({ x0: x, y0, x1: x, y1 }),
    );
  }
  return segments;
}

/** Which cells belong is asked for at most so many; the rest is taken from the cells beside. */
const MOST_ASKED = 50_000;

/**
 * {@link contour} of a part of a plane, in cells of the plane. In a part of very many cells only every 2nd, 4th … row
 * and column is asked, those among them that `through` lies on, so that what a cell is connected with along its row
 * or column is not missed.
 * @param asked how many cells may be asked
 */
export function contourWithin(
  part: { readonly rows: Span; readonly columns: Span },
  has: (row: number, column: number) => boolean,
  through: { readonly row: number; readonly column: number },
  asked = MOST_ASKED,
): Segment[] {
  const { rows, columns } = part;
  let step = 1;
  while (((rows.end - rows.start) / step) * ((columns.end - columns.start) / step) > asked) step *= 2;
  const first = (start: number, on: number): number => start - ((((start - on) % step) + step) % step);
  const top = first(rows.start, through.row);
  const left = first(columns.start, through.column);
  return contour(Math.ceil((rows.end - top) / step), Math.ceil((columns.end - left) / step), (row, column) =>
    has(Math.max(0, top + row * step), Math.max(0, left + column * step)),
  ).map(({ x0, y0, x1, y1 }) => ({
    x0: left + x0 * step,
    y0: top + y0 * step,
    x1: left + x1 * step,
    y1: top + y1 * step,
  }));
}

/** Calls `found` with the ends of each run of equal steps other than 0. */
function forEachRun(
  length: number,
  stepAt: (position: number) => number,
  found: (start: number, end: number) => void,
): void {
  let start = 0;
  let current = 0;
  for (let position = 0; position <= length; position++) {
    const step = position < length ? stepAt(position) : 0;
    if (step === current) continue;
    if (current !== 0) found(start, position);
    start = position;
    current = step;
  }
}
