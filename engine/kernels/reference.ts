import { crop, paddedReader, paddedShape, tapAdder, type TapReader, type WindowGeometry } from '../conv';
import { Tensor, type DType } from '../tensor';
import type { Work } from './work';

/*
 * Readable loops, the oracle of every faster kernel. Sums run in float64 in the order of the indices and are rounded
 * once, when they are stored; that is what makes the explanation of a cell add up to the cell to the last digit.
 * No col matrix is ever built: one row of it exists at a time.
 */

/** Elements of one filter: C/groups · FH · FW. */
function filterSize({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

/** Rows between two offers to pause, where each takes `products` multiplications. */
function pieceOf(products: number): number {
  return Math.max(1, Math.floor(2 ** 18 / products));
}

/**
 * Calls `visit` for each row of col and each group of filters, row after row.
 * @param visit gets the row's number, the filters of the group [first, end), and their part of the row
 */
function* eachRow(
  x: Tensor,
  geometry: WindowGeometry,
  visit: (r: number, first: number, end: number, row: Float64Array) => void,
): Work<void> {
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const read = paddedReader(x.numbers(), geometry, 0);
  const channels = C / groups;
  const filters = FN / groups;
  const row = new Float64Array(filterSize(geometry));
  const fill = (group: number, n: number, oh: number, ow: number): void => {
    let k = 0;
    for (let c = group * channels; c < (group + 1) * channels; c++)
      for (let fh = 0; fh < vertical.window; fh++)
        for (let fw = 0; fw < horizontal.window; fw++) row[k++] = read(n, c, fh, fw, oh, ow);
  };
  const piece = pieceOf(row.length * FN);
  let r = 0;
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < vertical.out; oh++)
      for (let ow = 0; ow < horizontal.out; ow++, r++) {
        for (let group = 0; group < groups; group++) {
          fill(group, n, oh, ow);
          visit(r, group * filters, (group + 1) * filters, row);
        }
        if (r % piece === 0) yield;
      }
}

/**
 * The matrix product of a convolution: dot[r, f] = Σ_k col[r, k] · W[f, k].
 * @returns dot (N·OH·OW, FN), before the bias
 */
export function* convolve(x: Tensor, W: Tensor, geometry: WindowGeometry, dtype: DType): Work<Tensor> {
  const { N, FN, vertical, horizontal } = geometry;
  const weights = W.numbers();
  const K = filterSize(geometry);
  const dot = Tensor.zeros([N * vertical.out * horizontal.out, FN], dtype);
  const to = dot.numbers();
  yield* eachRow(x, geometry, (r, first, end, row) => {
    for (let f = first; f < end; f++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += row[k] * weights[f * K + k];
      to[r * FN + f] = sum;
    }
  });
  return dot;
}

/**
 * Gradient of the weights: dW[f, k] = Σ_r col[r, k] · dout[r, f].
 * @param doutRows (N·OH·OW, FN)
 * @returns dW (FN, C/groups, FH, FW)
 */
export function* weightGradient(x: Tensor, doutRows: Tensor, geometry: WindowGeometry): Work<Tensor> {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const dout = doutRows.numbers();
  const K = filterSize(geometry);
  const sums = new Float64Array(FN * K);
  yield* eachRow(x, geometry, (r, first, end, row) => {
    for (let f = first; f < end; f++) {
      const gradient = dout[r * FN + f];
      for (let k = 0; k < K; k++) sums[f * K + k] += row[k] * gradient;
    }
  });
  return Tensor.from(sums, [FN, C / groups, vertical.window, horizontal.window], doutRows.dtype);
}

/** Gradient of the bias: db[f] = Σ_r dout[r, f]. @returns db (FN,) */
export function* biasGradient(doutRows: Tensor): Work<Tensor> {
  const [rows, FN] = doutRows.shape;
  const dout = doutRows.numbers();
  const sums = new Float64Array(FN);
  const piece = pieceOf(FN);
  for (let r = 0; r < rows; r++) {
    for (let f = 0; f < FN; f++) sums[f] += dout[r * FN + f];
    if (r % piece === 0) yield;
  }
  return Tensor.from(sums, [FN], doutRows.dtype);
}

/** Reads the gradient of col, dcol[r, k] = Σ_f dout[r, f] · W[f, k], without building it; rounded to `doutRows`' dtype. */
export function dcolReader(doutRows: Tensor, W: Tensor, geometry: WindowGeometry): TapReader {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH, window: FH } = vertical;
  const { out: OW, window: FW } = horizontal;
  const dout = doutRows.numbers();
  const weights = W.numbers();
  const K = filterSize(geometry);
  const channels = C / groups;
  const filters = FN / groups;
  const round = doutRows.dtype === 'float32' ? Math.fround : (value: number) => value;
  return (n, c, fh, fw, oh, ow) => {
    const group = Math.floor(c / channels);
    const k = ((c % channels) * FH + fh) * FW + fw;
    const r = (n * OH + oh) * OW + ow;
    let sum = 0;
    for (let f = group * filters; f < (group + 1) * filters; f++)
      sum += dout[r * FN + f] * weights[f * K + k];
    return round(sum);
  };
}

/**
 * Gradient of the input: col2im of `dcol`, one filter tap after the other.
 * @returns dx (N, C, H, W)
 */
export function* inputGradient(dcol: TapReader, geometry: WindowGeometry, dtype: DType): Work<Tensor> {
  const { N, C, vertical, horizontal } = geometry;
  const dxPad = Tensor.zeros(paddedShape(geometry), dtype);
  const add = tapAdder(dxPad, geometry, dcol);
  for (let fh = 0; fh < vertical.window; fh++)
    for (let fw = 0; fw < horizontal.window; fw++)
      for (let n = 0; n < N; n++)
        for (let c = 0; c < C; c++) {
          for (let oh = 0; oh < vertical.out; oh++)
            for (let ow = 0; ow < horizontal.out; ow++) add(n, c, fh, fw, oh, ow);
          yield;
        }
  return crop(dxPad, geometry);
}
