/**
 * Floats of 8 bits, as tables of their 256 values. Sources: OCP 8-bit Floating Point Specification (OFP8) 1.0 for
 * e4m3fn and e5m2; ONNX "Float stored in 8 bits" for the fnuz types ("finite, no negative zero"); OCP Microscaling
 * Formats (MX) 1.0 for e8m0, a scale without sign.
 */
export const FLOAT8 = {
  float8_e4m3fn: signed({ valueOf: smallFloat(4, 3, 7), finite: 0x7f, beyond: NaN, negativeZero: true }),
  float8_e5m2: signed({ valueOf: smallFloat(5, 2, 15), finite: 0x7c, beyond: Infinity, negativeZero: true }),
  float8_e4m3fnuz: signed({ valueOf: smallFloat(4, 3, 8), finite: 0x80, beyond: NaN, negativeZero: false }),
  float8_e5m2fnuz: signed({ valueOf: smallFloat(5, 2, 16), finite: 0x80, beyond: NaN, negativeZero: false }),
  float8_e8m0fnu: whenUsed(unsignedScale),
} as const;

export type Float8Name = keyof typeof FLOAT8;

/** A type of 256 numbers. */
export interface Float8 {
  /** The value of each pattern. */
  readonly values: Float32Array;
  /** The nearest value of the type, ties to the even pattern; what is beyond the greatest becomes ±Infinity or NaN. */
  readonly round: (value: number) => number;
}

export function isFloat8(dtype: string): dtype is Float8Name {
  return Object.hasOwn(FLOAT8, dtype);
}

/**
 * The value of a pattern of sign, exponent and fraction (from the highest bit on) with subnormals below the least
 * exponent and no special values.
 */
export function smallFloat(exponentBits: number, fractionBits: number, bias: number) {
  return (code: number): number => {
    const fraction = code & (2 ** fractionBits - 1);
    const exponent = (code >> fractionBits) & (2 ** exponentBits - 1);
    const sign = (code >> (fractionBits + exponentBits)) & 1 ? -1 : 1;
    const steps = exponent === 0 ? fraction : 2 ** fractionBits + fraction;
    return sign * steps * 2 ** (Math.max(1, exponent) - bias - fractionBits);
  };
}

interface SignedFormat {
  readonly valueOf: (code: number) => number;
  /** Patterns from 0 on that are finite and ≥ 0. */
  readonly finite: number;
  /** What the patterns after them, and numbers too great for the type, are: the first one ±Infinity, or all NaN. */
  readonly beyond: number;
  /** Whether 0x80 is −0; else it is NaN. */
  readonly negativeZero: boolean;
}

/** Makes the tables when they are first used: hardly anybody has such numbers, and everybody loads this file. */
function whenUsed(make: () => Float8): Float8 {
  let made: Float8 | undefined;
  return {
    get values() {
      return (made ??= make()).values;
    },
    round: value => (made ??= make()).round(value),
  };
}

function signed(format: SignedFormat): Float8 {
  return whenUsed(() => signedFloat(format));
}

function signedFloat({ valueOf, finite, beyond, negativeZero }: SignedFormat): Float8 {
  const values = Float32Array.from({ length: 256 }, (_, code) => {
    const magnitude = code & 0x7f;
    const sign = code < 0x80 ? 1 : -1;
    if (code === 0x80 && !negativeZero) return NaN;
    if (magnitude < finite) return valueOf(code);
    return magnitude === finite ? sign * beyond : NaN;
  });
  // As if the exponents went on: half of the last step decides between the greatest number and what is beyond.
  const steps = Float64Array.from({ length: finite + 1 }, (_, code) =>
    code < 0x80 ? valueOf(code) : 2 * valueOf(code - 1) - valueOf(code - 2),
  );
  const round = (value: number): number => {
    if (Number.isNaN(value)) return NaN;
    const code = nearest(steps, Math.abs(value));
    const magnitude = code < finite ? steps[code] : beyond;
    if (magnitude === 0 && !negativeZero) return 0;
    return value < 0 || Object.is(value, -0) ? -magnitude : magnitude;
  };
  return { values, round };
}

/** Powers of two from 2^-127 to 2^127, and NaN. There is neither a zero nor a negative number. */
function unsignedScale(): Float8 {
  const values = Float32Array.from({ length: 256 }, (_, code) => (code < 255 ? 2 ** (code - 127) : NaN));
  const steps = Float64Array.from({ length: 256 }, (_, code) => 2 ** (code - 127));
  return { values, round: value => (value >= 0 ? values[nearest(steps, value)] : NaN) };
}

/** Index of the step nearest to `value`, the even one of two; `steps` ascend. */
function nearest(steps: Float64Array, value: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= value) low = middle;
    else high = middle;
  }
  const below = value - steps[low];
  const above = steps[high] - value;
  return above < below || (above === below && high % 2 === 0) ? high : low;
}
