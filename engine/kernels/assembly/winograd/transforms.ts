import { multiplyAdd } from '../lanes';

/*
 * Winograd's minimal filtering F(4×4, 3×3) (Lavin & Gray, "Fast algorithms for convolutional neural networks", 2015,
 * section 4.3): the 4×4 outputs of a tile take 36 products in place of 144. With the matrices B, G and A from there
 *
 *   out = Aᵀ · [(G · g · Gᵀ) ⊙ (Bᵀ · d · B)] · A     for a filter g of 3×3 and an input tile d of 6×6.
 *
 * The transforms here are of one axis, of four tiles, filters or channels at a time, one in each lane; that of the other
 * axis is the same once more. Results are stored, `step` bytes apart.
 *
 * The sum over a tile is linear in g; its gradient is the transposed one,
 *
 *   dg = Gᵀ · [(A · dout · Aᵀ) ⊙ (Bᵀ · d · B)] · G     for the gradient dout of the 4×4 outputs of a tile,
 *
 * where Gᵀ and G can wait until the products of all tiles are added up. So is it in d,
 *
 *   dd = B · [(G · g · Gᵀ) ⊙ (A · dout · Aᵀ)] · Bᵀ,
 *
 * where the 6×6 gradients of tiles side by side are added up as far as they overlap.
 */

/** Outputs of a tile along an axis, and inputs. */
export const TILE_OUT = 4;
export const TILE_IN = 6;

/** Numbers of a filter of one channel. */
export const TAPS = 9;

/** Products of a tile: for each there is a matrix product over the channels. */
export const PRODUCTS = TILE_IN * TILE_IN;

/** Bᵀ · d */
export function transformInput(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  to: usize,
  step: usize,
): void {
  const two = f32x4.splat(2);
  const minusFour = f32x4.splat(-4);
  v128.store(to, plus(f32x4.sub(d4, d2), minusFour, f32x4.sub(d2, d0)));
  const even = plus(d4, minusFour, d2);
  const odd = plus(d3, minusFour, d1);
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  const outer = f32x4.sub(d4, d2);
  const inner = f32x4.mul(two, f32x4.sub(d3, d1));
  v128.store(to + 3 * step, f32x4.add(outer, inner));
  v128.store(to + 4 * step, f32x4.sub(outer, inner));
  v128.store(to + 5 * step, plus(f32x4.sub(d5, d3), minusFour, f32x4.sub(d3, d1)));
}

/** G · g */
export function transformFilter(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.mul(f32x4.splat(1 / 4), g0));
  const sixth = f32x4.splat(-1 / 6);
  const outer = f32x4.mul(sixth, f32x4.add(g0, g2));
  v128.store(to + step, plus(outer, sixth, g1));
  v128.store(to + 2 * step, plus(outer, f32x4.splat(1 / 6), g1));
  const even = plus(f32x4.mul(f32x4.splat(1 / 6), g2), f32x4.splat(1 / 24), g0);
  v128.store(to + 3 * step, plus(even, f32x4.splat(1 / 12), g1));
  v128.store(to + 4 * step, plus(even, f32x4.splat(-1 / 12), g1));
  v128.store(to + 5 * step, g2);
}

/** Aᵀ · m */
export function transformOutput(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  step: usize,
): void {
  const near = f32x4.add(m1, m2);
  const far = f32x4.add(m3, m4);
  const nearOdd = f32x4.sub(m1, m2);
  const farOdd = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(m0, f32x4.add(near, far)));
  v128.store(to + step, plus(nearOdd, f32x4.splat(2), farOdd));
  v128.store(to + 2 * step, plus(near, f32x4.splat(4), far));
  v128.store(to + 3 * step, f32x4.add(m5, plus(nearOdd, f32x4.splat(8), farOdd)));
}

/** A · d, where d is the gradient of four outputs */
export function transformGradient(d0: v128, d1: v128, d2: v128, d3: v128, to: usize, step: usize): void {
  v128.store(to, d0);
  const nearEven = f32x4.add(d0, d2);
  const nearOdd = f32x4.add(d1, d3);
  v128.store(to + step, f32x4.add(nearEven, nearOdd));
  v128.store(to + 2 * step, f32x4.sub(nearEven, nearOdd));
  const farEven = plus(d0, f32x4.splat(4), d2);
  const farOdd = f32x4.mul(f32x4.splat(2), plus(d1, f32x4.splat(4), d3));
  v128.store(to + 3 * step, f32x4.add(farEven, farOdd));
  v128.store(to + 4 * step, f32x4.sub(farEven, farOdd));
  v128.store(to + 5 * step, d3);
}

/** B · m */
export function transformPixels(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  step: usize,
): void {
  const four = f32x4.splat(4);
  const near = f32x4.add(m1, m2);
  const nearOdd = f32x4.sub(m1, m2);
  const far = f32x4.add(m3, m4);
  const farOdd = f32x4.mul(f32x4.splat(2), f32x4.sub(m3, m4));
  const all = f32x4.add(m0, f32x4.add(near, far));
  v128.store(to, f32x4.mul(four, m0));
  v128.store(to + step, plus(f32x4.neg(farOdd), four, f32x4.sub(m5, nearOdd)));
  v128.store(to + 2 * step, plus(plus(f32x4.neg(far), f32x4.splat(-5), m0), f32x4.splat(-4), near));
  v128.store(to + 3 * step, plus(f32x4.add(nearOdd, farOdd), f32x4.splat(-5), m5));
  v128.store(to + 4 * step, all);
  v128.store(to + 5 * step, m5);
}

/** Gᵀ · m */
export function transformWeights(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  step: usize,
): void {
  const sixth = f32x4.splat(1 / 6);
  const near = f32x4.add(m1, m2);
  const far = f32x4.add(m3, m4);
  const outer = f32x4.mul(f32x4.splat(1 / 4), m0);
  v128.store(to, plus(plus(outer, f32x4.splat(-1 / 6), near), f32x4.splat(1 / 24), far));
  const odd = f32x4.mul(sixth, f32x4.sub(m2, m1));
  v128.store(to + step, plus(odd, f32x4.splat(1 / 12), f32x4.sub(m3, m4)));
  v128.store(to + 2 * step, plus(m5, sixth, f32x4.sub(far, near)));
}

/** a + factor · b */
function plus(a: v128, factor: v128, b: v128): v128 {
  return multiplyAdd<f32, f32>(factor, b, a);
}
