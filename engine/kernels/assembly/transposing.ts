import { bytes, lanes, VECTOR } from './lanes';

/*
 * Where k lies in one piece and the rows or columns of a micropanel do not, a vector holds several k of one of them; in the
 * micropanel, those of one k lie side by side. Vectors of several rows are transposed in registers.
 */

/** Whether the numbers of so many k as a vector has lanes lie in one piece. @param depths their offsets in bytes */
export function isPiece<T>(depths: usize): bool {
  if (sizeof<T>() == 8) return load<i32>(depths) + 8 == load<i32>(depths, 4);
  const first = i32x4.add(v128.load32_splat(depths), i32x4(0, 4, 8, 12));
  return i32x4.all_true(i32x4.eq(first, v128.load(depths)));
}

/**
 * Packs a vector of k of four rows or columns, which begin at r0 to r3.
 * @param step bytes from one k to the next in the micropanel
 */
export function transposeFour<T, P>(
  to: usize,
  step: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  const c = v128.load(r2);
  const d = v128.load(r3);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(to, v128.shuffle<f64>(c, d, 0, 2), VECTOR);
    v128.store(to + step, v128.shuffle<f64>(a, b, 1, 3));
    v128.store(to + step, v128.shuffle<f64>(c, d, 1, 3), VECTOR);
    return;
  }
  const left = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const right = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  storeFour<P>(to, v128.shuffle<f32>(left, right, 0, 1, 4, 5));
  storeFour<P>(to + step, v128.shuffle<f32>(left, right, 2, 3, 6, 7));
  const lastLeft = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const lastRight = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  storeFour<P>(to + 2 * step, v128.shuffle<f32>(lastLeft, lastRight, 0, 1, 4, 5));
  storeFour<P>(to + 3 * step, v128.shuffle<f32>(lastLeft, lastRight, 2, 3, 6, 7));
}

/** The same of two rows or columns. */
export function transposeTwo<T, P>(to: usize, step: usize, r0: usize, r1: usize): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(a, b, 1, 3));
    return;
  }
  storePairs<P>(to, step, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
  storePairs<P>(to + 2 * step, step, v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/** Stores four numbers of type f32 as such of type P. */
function storeFour<P>(to: usize, values: v128): void {
  if (lanes<P>() == 4) {
    v128.store(to, values);
  } else {
    v128.store(to, f64x2.promote_low_f32x4(values));
    v128.store(to, f64x2.promote_low_f32x4(v128.shuffle<f64>(values, values, 1, 1)), VECTOR);
  }
}

/** Stores two numbers of type f32 as such of type P, and two more `step` bytes further on. */
function storePairs<P>(to: usize, step: usize, values: v128): void {
  if (bytes<P>() == 4) {
    v128.store64_lane(to, values, 0);
    v128.store64_lane(to + step, values, 1);
  } else {
    v128.store(to, f64x2.promote_low_f32x4(values));
    v128.store(to + step, f64x2.promote_low_f32x4(v128.shuffle<f64>(values, values, 1, 1)));
  }
}
