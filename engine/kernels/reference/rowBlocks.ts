import type { WindowGeometry } from '../../conv';
import type { Tensor } from '../../tensor';
import type { Numbers } from '../matrix';
import type { Work } from '../work';
import { sampleLayout } from './paddedSample';

/*
 * Sums run in float64 in the order of the indices and are rounded once, when they are stored; that is what makes the
 * explanation of a cell add up to the cell to the last digit. No col matrix is ever built: a few rows of it exist at a
 * time, whose sums grow side by side, as one sum alone would wait for each of its additions.
 */

/** Rows of col that are worked on at a time. */
export const BLOCK = 4;

/** Rows between two offers to pause, where each takes `products` multiplications. */
export function pieceOf(products: number): number {
  return Math.max(1, Math.floor(2 ** 18 / products));
}

/** Some rows of col, and what is made of them. */
interface RowBlock {
  /** Number of the first row, and how many there are. What follows them in `rows` is 0. */
  readonly r: number;
  readonly count: number;
  /** The filters of the group: [first, end). */
  readonly first: number;
  readonly end: number;
  /** (BLOCK, K): the group's part of the rows. */
  readonly rows: Float64Array;
}

/** Calls `visit` for every few rows of col and each group of filters, row after row. */
export function* eachBlock(
  x: Tensor,
  geometry: WindowGeometry,
  visit: (block: RowBlock) => void,
): Work<void> {
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const { size: H, out: OH } = vertical;
  const { size: W, out: OW } = horizontal;
  const layout = sampleLayout(geometry);
  const { taps } = layout;
  const K = taps.length;
  const values = x.numbers();
  const sample = new Float64Array(layout.size);
  const blocks = Array.from({ length: groups }, () => new Float64Array(BLOCK * K));
  const filters = FN / groups;
  const piece = pieceOf(BLOCK * K * FN);
  let r = 0;
  const flush = (count: number): void => {
    blocks.forEach((rows, group) => {
      rows.fill(0, count * K);
      visit({ r: r - count, count, first: group * filters, end: (group + 1) * filters, rows });
    });
  };
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++)
      for (let h = 0; h < H; h++) {
        const start = ((n * C + c) * H + h) * W;
        sample.set(values.subarray(start, start + W), layout.rowStart(c, h));
      }
    for (let oh = 0; oh < OH; oh++)
      for (let ow = 0; ow < OW; ow++) {
        const to = (r++ % BLOCK) * K;
        for (let group = 0; group < groups; group++) {
          const start = layout.windowStart(group, oh, ow);
          const rows = blocks[group];
          for (let k = 0; k < K; k++) rows[to + k] = sample[start + taps[k]];
        }
        if (r % BLOCK === 0) flush(BLOCK);
        if (r % (BLOCK * piece) === 0) yield;
      }
  }
  if (r % BLOCK !== 0) flush(r % BLOCK);
}

/**
 * The products of BLOCK vectors of K numbers, which lie one after another from `at` on, with the vector that lies at
 * `factorsAt`; a sum each.
 */
export function multiplyVectors(
  vectors: Numbers,
  at: number,
  K: number,
  factors: Float64Array,
  factorsAt: number,
  sums: Float64Array,
): void {
  // Not destructured, here and below: that goes through an iterator, for every sum.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < K; k++) {
    const factor = factors[factorsAt + k];
    const from = at + k;
    a += vectors[from] * factor;
    b += vectors[from + K] * factor;
    c += vectors[from + 2 * K] * factor;
    d += vectors[from + 3 * K] * factor;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
}

/** Adds to K sums, which lie at `to`, the multiples of BLOCK vectors of K numbers, which lie at `at`, one after another. */
export function addMultiples(
  vectors: Numbers,
  at: number,
  K: number,
  factors: Float64Array,
  sums: Float64Array,
  to: number,
): void {
  const a = factors[0];
  const b = factors[1];
  const c = factors[2];
  const d = factors[3];
  for (let k = 0; k < K; k++) {
    const from = at + k;
    sums[to + k] =
      sums[to + k] +
      vectors[from] * a +
      vectors[from + K] * b +
      vectors[from + 2 * K] * c +
      vectors[from + 3 * K] * d;
  }
}
