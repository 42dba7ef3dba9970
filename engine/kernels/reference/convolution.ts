import type { WindowGeometry } from '../../conv';
import { Tensor, type DType } from '../../tensor';
import type { Numbers } from '../matrix';
import type { Work } from '../work';
import { addMultiples, BLOCK, eachBlock, multiplyVectors } from './rowBlocks';

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

/** Gradient of the bias: db[f] = Σ_r dout[r, f]. @param dout (N, FN, OH, OW) @returns db (FN,) */
export function* biasGradient(dout: Tensor): Work<Tensor> {
  const [N, FN, OH, OW] = dout.shape;
  const pixels = OH * OW;
  const values = dout.numbers();
  const sums = new Float64Array(FN);
  // Past the last channel the sums are not used.
  const mapOf = (n: number, f: number): number => (n * FN + Math.min(f, FN - 1)) * pixels;
  for (let f = 0; f < FN; f += BLOCK) {
    const some = new Float64Array(BLOCK);
    for (let n = 0; n < N; n++) {
      addUp(values, mapOf(n, f), mapOf(n, f + 1), mapOf(n, f + 2), mapOf(n, f + 3), pixels, some);
      yield;
    }
    sums.set(some.subarray(0, FN - f), f);
  }
  return Tensor.from(sums, [FN], dout.dtype);
}

/** Adds `count` numbers each, which lie from a, b, c and d on, to as many sums. */
function addUp(
  values: Numbers,
  a: number,
  b: number,
  c: number,
  d: number,
  count: number,
  sums: Float64Array,
): void {
  let sumA = sums[0];
  let sumB = sums[1];
  let sumC = sums[2];
  let sumD = sums[3];
  for (let i = 0; i < count; i++) {
    sumA += values[a + i];
    sumB += values[b + i];
    sumC += values[c + i];
    sumD += values[d + i];
  }
  sums[0] = sumA;
  sums[1] = sumB;
  sums[2] = sumC;
  sums[3] = sumD;
}
