/*
 * Vectors of 16 bytes whose lanes hold numbers of type T: 4 of f32, 2 of f64. One source for both; which instructions
 * come out is decided when it is compiled. Functions as small as these are inlined by the compiler; decorators that would
 * say so are no TypeScript.
 */

/** Bytes of a vector. */
export const VECTOR = 16;

/** Lanes of a vector. */
export function lanes<T>(): i32 {
  return VECTOR / bytes<T>();
}

/** Bytes of a number. */
export function bytes<T>(): i32 {
  return sizeof<T>() as i32;
}

/** Copies a number of type T, as one of type P. */
export function copyNumber<T, P>(to: usize, from: usize): void {
  if (sizeof<T>() == sizeof<P>()) store<P>(to, load<P>(from));
  else store<f64>(to, load<f32>(from) as f64);
}

/** Adds a number of type T to the one at `to`. */
export function addNumber<T>(to: usize, from: usize): void {
  if (sizeof<T>() == 4) store<f32>(to, load<f32>(to) + load<f32>(from));
  else store<f64>(to, load<f64>(to) + load<f64>(from));
}

/** As many numbers of type T from `from` on as a vector has lanes of P. */
export function loadLanes<T, P>(from: usize): v128 {
  if (sizeof<T>() == sizeof<P>()) return v128.load(from);
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/** Lanes of type P as such of type T, in the lower half of the vector if T is the smaller. */
export function roundLanes<T, P>(values: v128): v128 {
  return sizeof<T>() == sizeof<P>() ? values : f32x4.demote_f64x2_zero(values);
}

/** Stores as many lanes of type T as a vector has lanes of P. */
export function storeLanes<T, P>(to: usize, values: v128): void {
  if (sizeof<T>() == sizeof<P>()) v128.store(to, values);
  else v128.store64_lane(to, values, 0);
}

/** All bits of the first `count` lanes of type P, and none of the others. */
export function firstLanes<P>(count: i32): v128 {
  if (lanes<P>() == 4) return v128.lt<i32>(i32x4(0, 1, 2, 3), i32x4.splat(count));
  return v128.lt<i64>(i64x2(0, 1), i64x2.splat(count));
}

/** The number at `from`, of type T, in every lane of type P. */
export function splat<T, P>(from: usize): v128 {
  if (sizeof<T>() == sizeof<P>()) return v128.load_splat<P>(from);
  return f64x2.promote_low_f32x4(v128.load32_splat(from));
}

/**
 * Whether products of numbers of type T are added in one instruction, rounded once: where the runtime has relaxed SIMD,
 * unless T is f64. So its sums are those of plain JavaScript, as are those of f32 in f64, whose products need no rounding.
 */
export function fused<T>(): bool {
  return ASC_FEATURE_RELAXED_SIMD && sizeof<T>() == 4;
}

/** a · b + c in every lane of type P, where a and b were made of numbers of type T. */
export function multiplyAdd<T, P>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (fused<T>()) return v128.relaxed_madd<P>(a, b, c);
  }
  return v128.add<P>(v128.mul<P>(a, b), c);
}

/** The lanes of `yes` where all bits of `mask` are 1, those of `no` where they are 0. */
export function choose<T>(mask: v128, yes: v128, no: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (sizeof<T>() == 4) return i32x4.relaxed_laneselect(yes, no, mask);
    return i64x2.relaxed_laneselect(yes, no, mask);
  }
  return v128.bitselect(yes, no, mask);
}

/** The greater one of two numbers in every lane, `a` where they are equal or one is a NaN. */
export function greater<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? f32x4.pmax(a, b) : f64x2.pmax(a, b);
}
