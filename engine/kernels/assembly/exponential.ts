/*
 * The functions of ../exponential.ts, in the same operations, two numbers at a time.
 */

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
export function exp(x: v128): v128 {
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

/** The hyperbolic tangent of two float64. */
export function tanh(x: v128): v128 {
  const one = f64x2.splat(1);
  const size = f64x2.abs(x);
  const power = exp(f64x2.mul(f64x2.splat(2), size));
  const large = f64x2.sub(one, f64x2.div(f64x2.splat(2), f64x2.add(power, one)));
  const isSmall = f64x2.lt(size, f64x2.splat(0.625));
  const tangent = v128.bitselect(smallTangent(size), large, isSmall);
  return v128.bitselect(x, tangent, f64x2.splat(-0.0)); // the sign of x
}

function smallTangent(x: v128): v128 {
  const square = f64x2.mul(x, x);
  let above = linear(-9.92877231001918586564e1, square, f64x2.splat(-9.64399179425052238628e-1));
  above = linear(-1.61468768441708447952e3, square, above);
  let below = f64x2.add(square, f64x2.splat(1.12811678491632931402e2));
  below = linear(2.23548839060100448583e3, square, below);
  below = linear(4.84406305325125486048e3, square, below);
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, square), f64x2.div(above, below)));
}
