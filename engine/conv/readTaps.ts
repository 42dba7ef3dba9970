import type { Numbers, Range, Region } from '../tensor';
import type { Extents } from './arrangement';
import { extentsOf, type WindowGeometry } from './geometry';

/** The variables that tell the taps of windows apart. */
export type TapVariable = 'n' | 'c' | 'oh' | 'ow' | 'fh' | 'fw';

/** For each position of an axis, what it adds to where in x a tap lies: elements of x in C order, rows, columns. */
interface AxisTaps {
  readonly offset: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/**
 * Reads a part of an array of taps: im2col's, in whatever arrangement of two axes or more. Where in x a tap lies is the
 * sum of what each axis adds, so that it need not be worked out from the variables for every cell.
 * @param x elements of (N, C, H, W)
 * @param region of the array, inside of it
 * @param padding what lies around x
 * @param to gets the cells in C order
 * @returns how many there are
 */
export function readTaps(
  x: Numbers,
  geometry: WindowGeometry,
  arrangement: readonly (readonly TapVariable[])[],
  region: Region,
  padding: number,
  to: Numbers,
): number {
  const { vertical, horizontal } = geometry;
  const [extents, steps] = [extentsOf(geometry), stepsOf(geometry)];
  const axes = arrangement.map((variables, axis) => axisTaps(variables, extents, steps, region[axis]));
  // Not -before: that may be -0, and with it the loops would run on floating-point numbers.
  const [top, left] = [0 - vertical.before, 0 - horizontal.before];
  const picture = { x, height: vertical.size, width: horizontal.size, padding };
  return readAxes(picture, axes, { start: top * horizontal.size + left, top, left }, to, 0);
}

/** What lies under the taps: channels of height × width, with padding around them. */
interface Picture {
  readonly x: Numbers;
  readonly height: number;
  readonly width: number;
  readonly padding: number;
}

/** What the axes before have added: elements of x, rows, columns. */
interface Origin {
  readonly start: number;
  readonly top: number;
  readonly left: number;
}

/** Reads the axes, one inside the other. @returns how many cells have been written by then */
function readAxes(
  picture: Picture,
  [taps, ...inner]: readonly AxisTaps[],
  { start, top, left }: Origin,
  to: Numbers,
  written: number,
): number {
  if (inner.length === 1) return readPlane(picture, taps, inner[0], { start, top, left }, to, written);
  const { offset, row, column } = taps;
  let end = written;
  for (let i = 0; i < offset.length; i++) {
    const at = { start: start + offset[i], top: top + row[i], left: left + column[i] };
    end = readAxes(picture, inner, at, to, end);
  }
  return end;
}

/** The two innermost axes; a function of its own, without closures, so that it stays compiled. */
function readPlane(
  { x, height, width, padding }: Picture,
  outer: AxisTaps,
  { offset, row, column }: AxisTaps,
  { start, top, left }: Origin,
  to: Numbers,
  written: number,
): number {
  let at = written;
  for (let i = 0; i < outer.offset.length; i++) {
    const from = start + outer.offset[i];
    const firstRow = top + outer.row[i];
    const firstColumn = left + outer.column[i];
    for (let j = 0; j < offset.length; j++) {
      const h = firstRow + row[j];
      const w = firstColumn + column[j];
      to[at++] = h >= 0 && h < height && w >= 0 && w < width ? x[from + offset[j]] : padding;
    }
  }
  return at;
}

type Steps = Readonly<
  Record<TapVariable, { readonly sample: number; readonly row: number; readonly column: number }>
>;

/** What one step of each variable adds: elements of whole channels, rows, columns. */
function stepsOf({ C, vertical, horizontal }: WindowGeometry): Steps {
  const pixels = vertical.size * horizontal.size;
  const none = { sample: 0, row: 0, column: 0 };
  return {
    n: { ...none, sample: C * pixels },
    c: { ...none, sample: pixels },
    oh: { ...none, row: vertical.stride },
    fh: { ...none, row: vertical.dilation },
    ow: { ...none, column: horizontal.stride },
    fw: { ...none, column: horizontal.dilation },
  };
}

function axisTaps(variables: readonly TapVariable[], extents: Extents, steps: Steps, range: Range): AxisTaps {
  const { start, count, step } = range;
  const [offset, row, column] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const rest = new Int32Array(count);
  for (let i = 0; i < count; i++) rest[i] = start + i * step;
  for (const variable of variables.toReversed()) {
    const extent = extents[variable];
    const { sample, row: rows, column: columns } = steps[variable];
    const elements = sample + rows * extents.w + columns;
    for (let i = 0; i < count; i++) {
      const quotient = Math.trunc(rest[i] / extent);
      const value = rest[i] - quotient * extent;
      rest[i] = quotient;
      offset[i] += value * elements;
      row[i] += value * rows;
      column[i] += value * columns;
    }
  }
  return { offset, row, column };
}
