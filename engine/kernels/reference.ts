import { crop, paddedReader, paddedShape, tapAdder, type TapReader, type WindowGeometry } from '../conv';
import { Tensor, type DType } from '../tensor';
import type { Work } from './work';

/*
 * Readable loops, the oracle of every faster kernel. Sums run in float64 in the order of the indices and are rounded
 * once, when they are stored; that is what makes the explanation of a cell add up to the cell to the last digit.
 * No col matrix is ever built: one row of it exists at a time.
 */

/** Fills `row` with the window of one output position: the channels of `group`, tap by tap. */
function fillRow(
  row: Float64Array,
  read: TapReader,
  { C, groups, vertical, horizontal }: WindowGeometry,
  group: number,
  n: number,
  oh: number,
  ow: number,
): void {
  const channels = C / groups;
  let k = 0;
  for (let cg = 0; cg < channels; cg++)
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++)
        row[k++] = read(n, group * channels + cg, fh, fw, oh, ow);
}

/** Elements of one filter: C/groups · FH · FW. */
function filterSize({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

/**
 * The matrix product of a convolution: dot[r, f] = Σ_k col[r, k] · W[f, k].
 * @returns dot (N·OH·OW, FN), before the bias
 */
export function* convolve(x: Tensor, W: Tensor, geometry: WindowGeometry, dtype: DType): Work<Tensor> {
  const { N, FN, groups, vertical, horizontal } = geometry;
  const read = paddedReader(x.numbers(), geometry, 0);
  const weights = W.numbers();
  const K = filterSize(geometry);
  const row = new Float64Array(K);
  const dot = Tensor.zeros([N * vertical.out * horizontal.out, FN], dtype);
  const to = dot.numbers();
  let r = 0;
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < vertical.out; oh++) {
      for (let ow = 0; ow < horizontal.out; ow++, r++)
        for (let group = 0; group < groups; group++) {
          fillRow(row, read, geometry, group, n, oh, ow);
          for (let f = (group * FN) / groups; f < ((group + 1) * FN) / groups; f++) {
            let sum = 0;
            for (let k = 0; k < K; k++) sum += row[k] * weights[f * K + k];
            to[r * FN + f] = sum;
          }
        }
      yield;
    }
  return dot;
}

/**
 * Gradient of the weights: dW[f, k] = Σ_r col[r, k] · dout[r, f].
 * @param doutRows (N·OH·OW, FN)
 * @returns dW (FN, C/groups, FH, FW)
 */
export function* weightGradient(x: Tensor, doutRows: Tensor, geometry: WindowGeometry): Work<Tensor> {
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const read = paddedReader(x.numbers(), geometry, 0);
  const dout = doutRows.numbers();
  const K = filterSize(geometry);
  const row = new Float64Array(K);
  const sums = new Float64Array(FN * K);
  let r = 0;
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < vertical.out; oh++) {
      for (let ow = 0; ow < horizontal.out; ow++, r++)
        for (let group = 0; group < groups; group++) {
          fillRow(row, read, geometry, group, n, oh, ow);
          for (let f = (group * FN) / groups; f < ((group + 1) * FN) / groups; f++) {
            const gradient = dout[r * FN + f];
            for (let k = 0; k < K; k++) sums[f * K + k] += row[k] * gradient;
          }
        }
      yield;
    }
  return Tensor.from(sums, [FN, C / groups, vertical.window, horizontal.window], doutRows.dtype);
}

/** Gradient of the bias: db[f] = Σ_r dout[r, f]. @returns db (FN,) */
export function biasGradient(doutRows: Tensor): Tensor {
  const [rows, FN] = doutRows.shape;
  const dout = doutRows.numbers();
  const sums = new Float64Array(FN);
  for (let r = 0; r < rows; r++) for (let f = 0; f < FN; f++) sums[f] += dout[r * FN + f];
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
