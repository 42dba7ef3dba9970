import { computeDType, Tensor, type Shape } from '../tensor';
import { shapeOf, type Arrangement, type Extents, type Variable } from './arrangement';
import { extentsOf, windowGeometry, type WindowAttributes } from './geometry';
import { readTaps } from './readTaps';

/**
 * How the windows are laid out as an array:
 * - `rows` (N·OH·OW, C·FH·FW), one window a row, as in "Deep Learning from Scratch";
 * - `columns` (C·FH·FW, N·OH·OW), one window a column;
 * - `axes` (N, C, FH, FW, OH, OW), as in DeZero.
 */
export type ColLayout = 'rows' | 'columns' | 'axes';

export interface Im2colOptions extends WindowAttributes {
  readonly layout?: ColLayout;
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
  const arrangement = COL_ARRANGEMENTS[options.layout ?? 'rows'];
  const col = Tensor.zeros(shapeOf(arrangement, extentsOf(geometry)), computeDType(x.dtype));
  const whole = col.shape.map(count => ({ start: 0, count, step: 1 }));
  readTaps(x.numbers(), geometry, arrangement, whole, 0, col.numbers());
  return col;
}

/** Reads the value of a tap of a window of a channel of a sample. */
export type TapReader = (n: number, c: number, fh: number, fw: number, oh: number, ow: number) => number;

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
