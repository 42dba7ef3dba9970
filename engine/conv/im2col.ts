import { computeDType, sizeOf, Tensor, type Shape } from '../tensor';
import { shapeOf, type Arrangement, type Extents, type Variable } from './arrangement';
import {
  extentsOf,
  inputPosition,
  windowGeometry,
  type WindowAttributes,
  type WindowGeometry,
} from './geometry';

/**
 * How the windows are laid out as an array:
 * - `rows` (N·OH·OW, C·FH·FW), one window a row, as in "Deep Learning from Scratch";
 * - `columns` (C·FH·FW, N·OH·OW), one window a column;
 * - `axes` (N, C, FH, FW, OH, OW), as in DeZero.
 */
export type ColLayout = 'rows' | 'columns' | 'axes';

/** In which order the array is filled: one strided slice of x per filter tap, or one window per output position. */
export type ColBuild = 'taps' | 'windows';

export interface Im2colOptions extends WindowAttributes {
  readonly layout?: ColLayout;
  readonly build?: ColBuild;
}

export const COL_ARRANGEMENTS = {
  rows: [
    ['n', 'oh', 'ow'],
    ['c', 'fh', 'fw'],
  ],
  columns: [
    ['c', 'fh', 'fw'],
    ['n', 'oh', 'ow'],
  ],
  axes: [['n'], ['c'], ['fh'], ['fw'], ['oh'], ['ow']],
} as const satisfies Record<ColLayout, Arrangement>;

/**
 * The windows of x as an array whose product with the filters is the convolution; padding is 0.
 * @param x (N, C, H, W)
 * @returns the array in the chosen layout, float64 if x is, float32 otherwise
 * @throws ShapeError if x is not 4-D or a window does not fit
 * @see "Deep Learning from Scratch", section 7.4.3
 */
export function im2col(x: Tensor, FH: number, FW: number, options: Im2colOptions = {}): Tensor {
  const geometry = windowGeometry('im2col', x.shape, { FN: 1, FH, FW, groups: 1 }, options);
  const { strides, shape } = colStrides(options.layout ?? 'rows', extentsOf(geometry));
  const dtype = computeDType(x.dtype);
  const values = new Float64Array(sizeOf(shape));
  const read = paddedReader(x.numbers(), geometry, 0);
  visitWindows(geometry, options.build ?? 'taps', (n, c, fh, fw, oh, ow) => {
    const at =
      n * strides.n + c * strides.c + fh * strides.fh + fw * strides.fw + oh * strides.oh + ow * strides.ow;
    values[at] = read(n, c, fh, fw, oh, ow);
  });
  return Tensor.from(values, shape, dtype);
}

/** Gets a tap of a window of a channel of a sample. */
export type TapVisitor = (n: number, c: number, fh: number, fw: number, oh: number, ow: number) => void;

/** Reads the value of a tap of a window of a channel of a sample. */
export type TapReader = (n: number, c: number, fh: number, fw: number, oh: number, ow: number) => number;

/** Calls `visit` for every tap of every window of every channel, in the order of the chosen way of building. */
export function visitWindows(geometry: WindowGeometry, build: ColBuild, visit: TapVisitor): void {
  const { N, C, vertical, horizontal } = geometry;
  const { window: FH, out: OH } = vertical;
  const { window: FW, out: OW } = horizontal;
  if (build === 'taps') loop([FH, FW, N, C, OH, OW], (fh, fw, n, c, oh, ow) => visit(n, c, fh, fw, oh, ow));
  else loop([N, OH, OW, C, FH, FW], (n, oh, ow, c, fh, fw) => visit(n, c, fh, fw, oh, ow));
}

/** Six nested loops, the first extent outermost. */
function loop(
  [A, B, C, D, E, F]: readonly number[],
  body: (a: number, b: number, c: number, d: number, e: number, f: number) => void,
): void {
  for (let a = 0; a < A; a++)
    for (let b = 0; b < B; b++)
      for (let c = 0; c < C; c++)
        for (let d = 0; d < D; d++)
          for (let e = 0; e < E; e++) for (let f = 0; f < F; f++) body(a, b, c, d, e, f);
}

/** Reads the cell of x under a tap of a window; `padding` where the tap lies outside x. */
function paddedReader(
  x: ArrayLike<number>,
  { C, vertical, horizontal }: WindowGeometry,
  padding: number,
): TapReader {
  const { size: H } = vertical;
  const { size: W } = horizontal;
  return (n, c, fh, fw, oh, ow) => {
    const h = inputPosition(vertical, oh, fh);
    const w = inputPosition(horizontal, ow, fw);
    return h >= 0 && h < H && w >= 0 && w < W ? x[((n * C + c) * H + h) * W + w] : padding;
  };
}

/** Shape of a layout, and the step in the flat array that each index variable makes. */
export function colStrides(
  layout: ColLayout,
  extents: Extents,
): { shape: Shape; strides: Readonly<Record<'n' | 'c' | 'fh' | 'fw' | 'oh' | 'ow', number>> } {
  const arrangement = COL_ARRANGEMENTS[layout];
  const strides: Partial<Record<Variable, number>> = {};
  let stride = 1;
  for (const variable of arrangement.flat().reverse()) {
    strides[variable] = stride;
    stride *= extents[variable];
  }
  return {
    shape: shapeOf(arrangement, extents),
    strides: strides as ReturnType<typeof colStrides>['strides'],
  };
}
