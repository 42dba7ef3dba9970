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

/** The innermost axis. */
interface InnerTaps extends AxisTaps {
  /** The least and the greatest that is added, and 0. */
  readonly rows: readonly [least: number, greatest: number];
  readonly columns: readonly [least: number, greatest: number];
  readonly runs: Runs;
}

/** Positions one after another whose taps lie in one row of x, each as many columns after the one before. */
interface Runs {
  /** Where they begin, and where the last one ends. */
  readonly starts: Int32Array;
  readonly steps: Int32Array;
  readonly areLong: boolean;
}

/** Numbers in a run from which on it is worth to look at it as one: of fewer, that takes longer than to copy them. */
const LONG_RUN = 48;

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
  const origin = { start: top * horizontal.size + left, top, left };
  return readAxes(picture, axes.slice(0, -1), innerTaps(axes[axes.length - 1]), origin, to, 0);
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
  [taps, ...others]: readonly AxisTaps[],
  inner: InnerTaps,
  { start, top, left }: Origin,
  to: Numbers,
  written: number,
): number {
  if (others.length === 0) return readPlane(picture, taps, inner, { start, top, left }, to, written);
  const { offset, row, column } = taps;
  let end = written;
  for (let i = 0; i < offset.length; i++) {
    const at = { start: start + offset[i], top: top + row[i], left: left + column[i] };
    end = readAxes(picture, others, inner, at, to, end);
  }
  return end;
}

/** The two innermost axes; functions of their own, without closures, so that they stay compiled. */
function readPlane(
  picture: Picture,
  outer: AxisTaps,
  inner: InnerTaps,
  origin: Origin,
  to: Numbers,
  written: number,
): number {
  const { x, height, width } = picture;
  const { offset, rows, columns, runs } = inner;
  let at = written;
  for (let i = 0; i < outer.offset.length; i++) {
    const start = origin.start + outer.offset[i];
    const top = origin.top + outer.row[i];
    const left = origin.left + outer.column[i];
    const isInside =
      top + rows[0] >= 0 && top + rows[1] < height && left + columns[0] >= 0 && left + columns[1] < width;
    if (isInside && !runs.areLong) for (let j = 0; j < offset.length; j++) to[at + j] = x[start + offset[j]];
    else readRuns(picture, inner, start, top, left, to, at);
    at += offset.length;
  }
  return at;
}

/** An axis some of whose taps may lie in the padding. */
function readRuns(
  { x, height, width, padding }: Picture,
  { offset, row, column, runs: { starts, steps } }: InnerTaps,
  start: number,
  top: number,
  left: number,
  to: Numbers,
  at: number,
): void {
  for (let run = 0; run < steps.length; run++) {
    const begin = starts[run];
    const end = starts[run + 1];
    const step = steps[run];
    const h = top + row[begin];
    const w = left + column[begin];
    const isInRow = h >= 0 && h < height;
    const first = isInRow ? Math.min(end, begin + stepsTo(0, w, step)) : end;
    const last = isInRow ? Math.max(first, Math.min(end, begin + stepsTo(width, w, step))) : end;
    for (let j = begin; j < first; j++) to[at + j] = padding;
    const from = start + offset[begin] - begin * step;
    if (step === 1 && last - first >= LONG_RUN) to.set(x.subarray(from + first, from + last), at + first);
    else for (let j = first; j < last; j++) to[at + j] = x[from + j * step];
    for (let j = last; j < end; j++) to[at + j] = padding;
  }
}

/** How many steps it takes from `w` to reach `edge` or go beyond; none if it is there already. */
function stepsTo(edge: number, w: number, step: number): number {
  return w >= edge ? 0 : Math.ceil((edge - w) / step);
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

function innerTaps(taps: AxisTaps): InnerTaps {
  return { ...taps, rows: ends(taps.row), columns: ends(taps.column), runs: runsOf(taps) };
}

function ends(numbers: Int32Array): [least: number, greatest: number] {
  return [numbers.reduce((a, b) => Math.min(a, b), 0), numbers.reduce((a, b) => Math.max(a, b), 0)];
}

function runsOf({ offset, row, column }: AxisTaps): Runs {
  const starts: number[] = [];
  const steps: number[] = [];
  for (let i = 0; i < offset.length;) {
    const begin = i++;
    const step = column[i] - column[begin];
    const goesOn = (): boolean =>
      step > 0 &&
      row[i] === row[begin] &&
      column[i] - column[i - 1] === step &&
      offset[i] - offset[i - 1] === step;
    while (goesOn()) i++;
    starts.push(begin);
    steps.push(i > begin + 1 ? step : 1);
  }
  const areLong = offset.length >= LONG_RUN * starts.length;
  return { starts: Int32Array.from([...starts, offset.length]), steps: Int32Array.from(steps), areLong };
}
