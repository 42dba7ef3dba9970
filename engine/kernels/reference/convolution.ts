import type { WindowGeometry } from '../../conv';
import { Tensor, type DType } from '../../tensor';
import type { Work } from '../work';
import { addMultiples, BLOCK, eachBlock, multiplyVectors, pieceOf } from './rowBlocks';

/** Elements of one filter: C/groups · FH · FW. */
function filterSize({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

/**
 * The matrix product of a convolution: dot[r, f] = Σ_k col[r, k] · W[f, k].
 * @returns dot (N·OH·OW, FN), before the bias
 */
export function* convolve(x: Tensor, W: Tensor, geometry: WindowGeometry, dtype: DType): Work<Tensor> {
  const { N, FN, vertical, horizontal } = geometry;
  const weights = Float64Array.from(W.numbers());
  const K = filterSize(geometry);
  const dot = Tensor.zeros([N * vertical.out * horizontal.out, FN], dtype);
  const to = dot.numbers();
  const sums = new Float64Array(BLOCK);
  yield* eachBlock(x, geometry, ({ r, count, first, end, rows }) => {
    for (let f = first; f < end; f++) {
      multiplyVectors(rows, 0, K, weights, f * K, sums);
      for (let i = 0; i < count; i++) to[(r + i) * FN + f] = sums[i];
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
  const factors = new Float64Array(BLOCK);
  yield* eachBlock(x, geometry, ({ r, count, first, end, rows }) => {
    for (let f = first; f < end; f++) {
      // The rows that a last block lacks are 0, and so are their factors: 0 · NaN would be NaN.
      for (let i = 0; i < BLOCK; i++) factors[i] = i < count ? dout[(r + i) * FN + f] : 0;
      addMultiples(rows, 0, K, factors, sums, f * K);
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
