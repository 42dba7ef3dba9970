/*
 * The functions that hardware does not have, in operations that it rounds everywhere alike: so all kernel sets can give
 * the same bits, which the functions of JavaScript leave to each runtime.
 */

const LOG2_E = Math.LOG2E;
/** ln 2 in two parts: whole multiples of the first have no rounding error. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** Beyond these the result is 0, or infinite. */
const LEAST = -746;
const GREATEST = 710;

/** 2^k for the k from −MOST_K on, of which there are twice as many. */
const MOST_K = 540;
const POWERS = Float64Array.from({ length: 2 * MOST_K }, (_, i) => 2 ** (i - MOST_K));

/**
 * e^x, within one unit of the last place: 2^k · e^r, with |r| ≤ ln 2 / 2 (Cody & Waite, 1980; the polynomial of fdlibm's
 * e_exp.c).
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  const inRange = Math.min(Math.max(x, LEAST), GREATEST);
  const k = Math.floor(inRange * LOG2_E + 0.5);
  const high = inRange - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const square = r * r;
  const c =
    r -
    square *
      (1.66666666666666019037e-1 +
        square *
          (-2.77777777770155933842e-3 +
            square *
              (6.61375632143793436117e-5 +
                square * (-1.6533902205465251539e-6 + square * 4.13813679705723846039e-8))));
  const power = 1 - (low - (r * c) / (2 - c) - high);
  // In two steps, so that numbers at both ends of the range come out.
  const half = k >> 1;
  return power * POWERS[half + MOST_K] * POWERS[k - half + MOST_K];
}

/** Below it the tangent is a polynomial: 1 − 2 / (e^2x + 1) would lose its last digits. */
const SMALL = 0.625;

/** The hyperbolic tangent, within two units of the last place (Cephes, tanh.c). */
export function tanh(x: number): number {
  const size = Math.abs(x);
  const tangent = size < SMALL ? smallTangent(size) : 1 - 2 / (exp(2 * size) + 1);
  return x < 0 || Object.is(x, -0) ? -tangent : tangent;
}

function smallTangent(x: number): number {
  const square = x * x;
  const above =
    (-9.64399179425052238628e-1 * square - 9.92877231001918586564e1) * square - 1.61468768441708447952e3;
  const below =
    ((square + 1.12811678491632931402e2) * square + 2.23548839060100448583e3) * square +
    4.84406305325125486048e3;
  return x + x * square * (above / below);
}
