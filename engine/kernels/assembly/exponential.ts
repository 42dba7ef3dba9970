import { multiplyAdd } from './lanes';

/*
 * The functions of ../exponential.ts: in float64 in the same operations, so that the bits are the same, two numbers at a
 * time; in float32 four, within 3e-7 of the result (Cephes, expf.c and tanhf.c).
 */

/** e^x in lanes of type P. */
export function exp<P>(x: v128): v128 {
  return sizeof<P>() == 8 ? expOfTwo(x) : expOfFour(x);
}

/** The hyperbolic tangent in lanes of type P. */
export function tanh<P>(x: v128): v128 {
  const one = v128.splat<P>(1 as P);
  const two = v128.splat<P>(2 as P);
  const sign = v128.splat<P>(-0.0 as P);
  const size = v128.andnot(x, sign);
  const rest = quotient<P>(two, v128.add<P>(exp<P>(v128.mul<P>(two, size)), one));
  const small = sizeof<P>() == 8 ? smallTangentOfTwo(size) : smallTangentOfFour(size);
  const isSmall = v128.lt<P>(size, v128.splat<P>(0.625 as P));
  const tangent = v128.bitselect(small, v128.sub<P>(one, rest), isSmall);
  return v128.bitselect(x, tangent, sign);
}

/** a / b in lanes of type P. */
export function quotient<P>(a: v128, b: v128): v128 {
  return sizeof<P>() == 4 ? f32x4.div(a, b) : f64x2.div(a, b);
}

/** a + b · x in both lanes. */
function linear(a: f64, b: v128, x: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(b, x));
}

/** 1.5 · 2^52 and the exponent of 1: a whole number that is added stands in the lowest bits, as the exponent of 2^k does. */
const TO_EXPONENT: f64 = 6755399441055744 + 1023;

/** 2^k for whole numbers k. */
function powersOfTwo(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(TO_EXPONENT)), 52);
}

/** e^x of two float64. */
function expOfTwo(x: v128): v128 {
  const inRange = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-746)), f64x2.splat(710));
  const k = f64x2.floor(linear(0.5, inRange, f64x2.splat(1.4426950408889634)));
  const high = f64x2.sub(inRange, f64x2.mul(k, f64x2.splat(6.9314718036912382e-1)));
  const low = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const r = f64x2.sub(high, low);
  const square = f64x2.mul(r, r);
  let polynomial = linear(-1.6533902205465252e-6, square, f64x2.splat(4.1381367970572385e-8));
  polynomial = linear(6.613756321437934e-5, square, polynomial);
  polynomial = linear(-2.7777777777015593e-3, square, polynomial);
  polynomial = linear(1.6666666666666602e-1, square, polynomial);
  const c = f64x2.sub(r, f64x2.mul(square, polynomial));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const power = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const half = f64x2.floor(f64x2.mul(k, f64x2.splat(0.5)));
  return f64x2.mul(f64x2.mul(power, powersOfTwo(half)), powersOfTwo(f64x2.sub(k, half)));
}

/** The tangent of two float64 below 0.625. */
function smallTangentOfTwo(x: v128): v128 {
  const square = f64x2.mul(x, x);
  let above = linear(-9.92877231001918586564e1, square, f64x2.splat(-9.64399179425052238628e-1));
  above = linear(-1.61468768441708447952e3, square, above);
  let below = f64x2.add(square, f64x2.splat(1.12811678491632931402e2));
  below = linear(2.23548839060100448583e3, square, below);
  below = linear(4.84406305325125486048e3, square, below);
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, square), f64x2.div(above, below)));
}

/** a + b · x in four lanes, rounded once where the runtime can. */
function linearOfFour(a: f32, b: v128, x: v128): v128 {
  return multiplyAdd<f32, f32>(b, x, f32x4.splat(a));
}

/** e^x of four float32. */
function expOfFour(x: v128): v128 {
  const inRange = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-105)), f32x4.splat(89));
  const k = f32x4.floor(linearOfFour(0.5, inRange, f32x4.splat(1.44269504)));
  const high = f32x4.sub(inRange, f32x4.mul(k, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  let polynomial = linearOfFour(1.3981999507e-3, r, f32x4.splat(1.98756915e-4));
  polynomial = linearOfFour(8.3334519073e-3, r, polynomial);
  polynomial = linearOfFour(4.1665795894e-2, r, polynomial);
  polynomial = linearOfFour(1.6666665459e-1, r, polynomial);
  polynomial = linearOfFour(5.0000001201e-1, r, polynomial);
  const power = f32x4.add(multiplyAdd<f32, f32>(polynomial, f32x4.mul(r, r), r), f32x4.splat(1));
  const whole = i32x4.trunc_sat_f32x4_s(k);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(power, powersOfFour(half)), powersOfFour(i32x4.sub(whole, half)));
}

/** 2^k of four int32. */
function powersOfFour(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/** The tangent of four float32 below 0.625. */
function smallTangentOfFour(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let polynomial = linearOfFour(2.06390887954e-2, square, f32x4.splat(-5.70498872745e-3));
  polynomial = linearOfFour(-5.37397155531e-2, square, polynomial);
  polynomial = linearOfFour(1.33314422036e-1, square, polynomial);
  polynomial = linearOfFour(-3.33332819422e-1, square, polynomial);
  return multiplyAdd<f32, f32>(f32x4.mul(polynomial, square), x, x);
}
