import { bytes, multiplyAdd, VECTOR } from './lanes';
import { MR } from './panels';
import { storeRow } from './storeRow';

/** Bytes of a tile of sums: MR rows of NR, two vectors each. */
export function tileBytes<T>(): i32 {
  return MR<T>() * 2 * VECTOR;
}

/**
 * Adds the products of a micropanel of A and one of B to a tile of MR×NR sums, which stay in registers meanwhile. The
 * loop is not unrolled: with more loads to choose from, engines keep so many of them ahead that sums leave the registers.
 * @param fresh whether the sums begin at 0 rather than with those of the tile
 * @param out where the rows of the result go when the tile lies inside of it as a whole; 0: the sums go to the tile
 * @param outRow bytes from a row of the result to the next
 * @param bias what is added to each row of the result, or 0 for nothing
 */
export function microkernel<T, P>(
  a: usize,
  b: usize,
  k: i32,
  tile: usize,
  fresh: bool,
  out: usize = 0,
  outRow: i32 = 0,
  bias: usize = 0,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  if (!fresh) {
    c00 = v128.load(tile);
    c01 = v128.load(tile, VECTOR);
    c10 = v128.load(tile, 2 * VECTOR);
    c11 = v128.load(tile, 3 * VECTOR);
    c20 = v128.load(tile, 4 * VECTOR);
    c21 = v128.load(tile, 5 * VECTOR);
    c30 = v128.load(tile, 6 * VECTOR);
    c31 = v128.load(tile, 7 * VECTOR);
    if (MR<T>() == 6) {
      c40 = v128.load(tile, 8 * VECTOR);
      c41 = v128.load(tile, 9 * VECTOR);
      c50 = v128.load(tile, 10 * VECTOR);
      c51 = v128.load(tile, 11 * VECTOR);
    }
  }
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, VECTOR);
    const a0 = v128.load_splat<P>(a);
    c00 = multiplyAdd<T, P>(a0, b0, c00);
    c01 = multiplyAdd<T, P>(a0, b1, c01);
    const a1 = v128.load_splat<P>(a, sizeof<P>());
    c10 = multiplyAdd<T, P>(a1, b0, c10);
    c11 = multiplyAdd<T, P>(a1, b1, c11);
    const a2 = v128.load_splat<P>(a, 2 * sizeof<P>());
    c20 = multiplyAdd<T, P>(a2, b0, c20);
    c21 = multiplyAdd<T, P>(a2, b1, c21);
    const a3 = v128.load_splat<P>(a, 3 * sizeof<P>());
    c30 = multiplyAdd<T, P>(a3, b0, c30);
    c31 = multiplyAdd<T, P>(a3, b1, c31);
    if (MR<T>() == 6) {
      const a4 = v128.load_splat<P>(a, 4 * sizeof<P>());
      c40 = multiplyAdd<T, P>(a4, b0, c40);
      c41 = multiplyAdd<T, P>(a4, b1, c41);
      const a5 = v128.load_splat<P>(a, 5 * sizeof<P>());
      c50 = multiplyAdd<T, P>(a5, b0, c50);
      c51 = multiplyAdd<T, P>(a5, b1, c51);
    }
    a += MR<T>() * sizeof<P>();
    b += 2 * VECTOR;
  }
  if (out) {
    const next = bias ? bytes<T>() : 0;
    storeRow<T, P>(out, c00, c01, bias);
    storeRow<T, P>((out += outRow), c10, c11, (bias += next));
    storeRow<T, P>((out += outRow), c20, c21, (bias += next));
    storeRow<T, P>((out += outRow), c30, c31, (bias += next));
    if (MR<T>() == 6) {
      storeRow<T, P>((out += outRow), c40, c41, (bias += next));
      storeRow<T, P>((out += outRow), c50, c51, (bias += next));
    }
    return;
  }
  v128.store(tile, c00);
  v128.store(tile, c01, VECTOR);
  v128.store(tile, c10, 2 * VECTOR);
  v128.store(tile, c11, 3 * VECTOR);
  v128.store(tile, c20, 4 * VECTOR);
  v128.store(tile, c21, 5 * VECTOR);
  v128.store(tile, c30, 6 * VECTOR);
  v128.store(tile, c31, 7 * VECTOR);
  if (MR<T>() == 6) {
    v128.store(tile, c40, 8 * VECTOR);
    v128.store(tile, c41, 9 * VECTOR);
    v128.store(tile, c50, 10 * VECTOR);
    v128.store(tile, c51, 11 * VECTOR);
  }
}
