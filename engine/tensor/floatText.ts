import { roundTo, type DType } from './dtype';
import { isFloat8 } from './float8';

/** Most digits after the point, NumPy's default `precision`. */
const PRECISION = 8;

/** JavaScript's method for positional and for scientific notation. */
type Notation = 'toFixed' | 'toExponential';

/** Digits of a number as text, to be aligned with others. The sign belongs to `integer`. */
interface Digits {
  readonly integer: string;
  readonly fraction: string;
  /** `e+05`; empty in positional notation. */
  readonly exponent: string;
}

/**
 * One number as NumPy's `str` of a scalar prints it: `0.1`, `5.0`, `1e-05`. All the digits it takes to tell the number
 * from every other of its dtype, and no more.
 */
export function formatFloat(value: number, dtype: DType): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    const { integer, fraction } = shortestDigits(value, dtype, 'toFixed', Infinity);
    return `${integer}.${fraction || '0'}`;
  }
  const { integer, fraction, exponent } = shortestDigits(value, dtype, 'toExponential', Infinity);
  return integer + (fraction && `.${fraction}`) + exponent;
}

/**
 * Numbers as NumPy prints them inside an array: one notation for all, points below each other, at most 8 digits
 * after the point. The rules are those of `FloatingFormat` in numpy/core/arrayprint.py.
 */
export function formatFloats(values: readonly number[], dtype: DType): string[] {
  const finite = values.filter(value => Number.isFinite(value));
  const words = needsExponent(finite, dtype)
    ? scientificWords(finite, dtype)
    : positionalWords(finite, dtype);
  let next = 0;
  return alignRight(values.map(value => (Number.isFinite(value) ? words[next++] : nonFinite(value))));
}

/** Points below each other; what lies right of the digits is blank. */
function positionalWords(values: readonly number[], dtype: DType): string[] {
  const numbers = values.map(value => shortestDigits(value, dtype, 'toFixed', PRECISION));
  const width = longest(numbers.map(number => number.fraction));
  return numbers.map(({ integer, fraction }) => `${integer}.${fraction.padEnd(width)}`);
}

/** All numbers with as many digits as the longest needs: the further digits of the others are the exact value's, not zeros. */
function scientificWords(values: readonly number[], dtype: DType): string[] {
  const shortest = values.map(value => shortestDigits(value, dtype, 'toExponential', PRECISION));
  const precision = longest(shortest.map(number => number.fraction));
  const exponentWidth = longest(shortest.map(number => number.exponent));
  return shortest.map((number, i) => {
    const isLongest = number.fraction.length === precision;
    const { fraction, exponent, integer } = isLongest
      ? number
      : digitsOf(values[i], toEven(Math.abs(values[i]), 'toExponential', precision));
    const power = exponent.slice(0, 2) + exponent.slice(2).padStart(exponentWidth - 2, '0');
    return `${integer}.${fraction.padEnd(precision, '0')}${power}`;
  });
}

function longest(words: readonly string[]): number {
  return words.reduce((most, word) => Math.max(most, word.length), 0);
}

/** Words padded on the left to the width of the longest, or of `least`. */
export function alignRight(words: readonly string[], least = 0): string[] {
  const width = Math.max(least, longest(words));
  return words.map(word => word.padStart(width));
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

/** NumPy's rule for an array's notation. It divides in the array's own dtype, hence the rounding. */
function needsExponent(finite: readonly number[], dtype: DType): boolean {
  let least = Infinity;
  let greatest = 0;
  for (const value of finite) {
    if (value === 0) continue;
    least = Math.min(least, Math.abs(value));
    greatest = Math.max(greatest, Math.abs(value));
  }
  return greatest >= 1e8 || least < 1e-4 || (greatest > 0 && rounding(dtype)(greatest / least) > 1000);
}

/** The fewest digits that tell `value` from its neighbours in `dtype`, or its exact digits rounded where that are more than `precision`. */
function shortestDigits(value: number, dtype: DType, notation: Notation, precision: number): Digits {
  const magnitude = Math.abs(value);
  const decimal = shortestDecimal(magnitude, dtype);
  const shortest = digitsOf(value, notation === 'toFixed' ? String(decimal) : decimal.toExponential());
  return shortest.fraction.length <= precision
    ? shortest
    : digitsOf(value, toEven(magnitude, notation, precision));
}

/** Parts of the text that JavaScript printed of the magnitude of `value`, without trailing zeros; exponents have at least two digits. */
function digitsOf(value: number, magnitude: string): Digits {
  const [mantissa, power] = magnitude.split('e');
  const [integer, fraction = ''] = mantissa.split('.');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return {
    integer: sign + integer,
    fraction: fraction.replace(/0+$/, ''),
    exponent: power ? `e${power[0]}${power.slice(1).padStart(2, '0')}` : '',
  };
}

/** Decimals of this many digits are different numbers in the dtype, so at most one of them is near enough to any number. */
const DISTINCT_DIGITS: Partial<Record<DType, number>> = { float16: 3, bfloat16: 2, float32: 6 };
/** Below it float16 has fewer digits. */
const LEAST_NORMAL_HALF = 2 ** -14;

/**
 * The number with the fewest digits that `dtype` would round back to `magnitude`, as a float64 whose own shortest
 * digits are those.
 */
function shortestDecimal(magnitude: number, dtype: DType): number {
  if (dtype === 'float64') return magnitude;
  const round = rounding(dtype);
  const exponent = Math.floor(Math.log10(magnitude));
  const enough = magnitude < LEAST_NORMAL_HALF ? 1 : (DISTINCT_DIGITS[dtype] ?? 1);
  for (let digits = enough; digits <= 9; digits++) {
    const nearest = Number(toEven(magnitude, 'toExponential', digits - 1));
    if (round(nearest) === magnitude) return nearest;
    // Below a power of two the neighbours are closer than above: the second nearest may do where the nearest does not.
    const above = Number((magnitude + Number(`1e${exponent - digits + 1}`)).toPrecision(digits));
    if (nearest < magnitude && round(above) === magnitude) return above;
  }
  return magnitude;
}

function rounding(dtype: DType): (value: number) => number {
  // The few numbers of 8 bits are shown as they are: 448, not the 450 that would do to tell it from 416.
  return dtype === 'float32' || isFloat8(dtype) ? Math.fround : roundTo(dtype);
}

/** More digits than any tie needs, and fewer than the 100 that toFixed allows. */
const GUARD = 60;

/** The exact value rounded to `precision` digits after the point, ties to even (JavaScript's own methods round them up). */
function toEven(magnitude: number, notation: Notation, precision: number): string {
  const rounded = magnitude[notation](precision);
  const [digits, power] = magnitude[notation](precision + 1).split('e');
  if (!/[02468]\.?5$/.test(digits)) return rounded; // no tie, found the quick way
  const [exact] = magnitude[notation](precision + GUARD).split('e');
  if (!/^50*$/.test(exact.slice(-GUARD))) return rounded;
  return digits.slice(0, -1) + (power ? `e${power}` : '');
}
