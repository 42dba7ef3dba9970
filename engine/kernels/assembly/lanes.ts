/*
 * Vectors of 16 bytes whose lanes hold numbers of type T: 4 of f32, 2 of f64. One source for both; which instructions
 * come out is decided when it is compiled. Functions as small as these are inlined by the compiler; decorators that would
 * say so are no TypeScript.
 */

/** Lanes of a vector. */
export function lanes<T>(): i32 {
  return 16 / (sizeof<T>() as i32);
}

/** a · b + c in every lane, rounded once where the runtime has relaxed SIMD. */
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}
