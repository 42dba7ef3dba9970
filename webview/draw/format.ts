import { formatFloat, isFloat, type DType } from '../../engine';

/** Most digits `brief` shows of a number that is neither huge nor tiny. */
const BRIEF_DIGITS = 5;
/** What is smaller begins with too many zeros. */
const SMALLEST_FIXED = 1e-4;

/**
 * A value with all the digits its dtype holds, for readouts: `0.98823529`, `−3`, `NaN`, `−∞`.
 * @param value a 64-bit integer as a bigint: as a number it may have lost digits
 */
export function exact(value: number | bigint, dtype: DType): string {
  if (typeof value === 'bigint') return trueMinus(String(value));
  return notFinite(value) ?? trueMinus(isFloat(dtype) ? formatFloat(value, dtype) : String(value));
}

/**
 * A value in about `digits` significant digits, for running text and scales: `−1.411`, `2.5e-7`, `57600`, `9.2234e18`.
 * As in NumPy, what is below 1e-4 has an exponent: nobody counts zeros.
 * No digit stands for one that was left out: what is rounded before the point has an exponent.
 */
export function brief(value: number, digits = BRIEF_DIGITS): string {
  if (Number.isInteger(value) && Math.abs(value) < 10 ** Math.max(7, digits)) return trueMinus(String(value));
  const special = notFinite(value);
  if (special !== undefined) return special;
  const rounded = Number(value.toPrecision(digits));
  const isCut = Math.abs(rounded) >= 10 ** digits;
  const isTiny = Math.abs(rounded) < SMALLEST_FIXED && rounded !== 0;
  return trueMinus(isCut || isTiny ? rounded.toExponential().replace('e+', 'e') : String(rounded));
}

/** Most digits that say anything of a float64. */
const MOST_DIGITS = 17;

/** Significant digits that tell values from `min` to `max` apart, at least `least`: 8 for 999995.6 to 1000004.4. */
export function digitsWithin(min: number, max: number, least = BRIEF_DIGITS): number {
  const spread = Math.max(Math.abs(min), Math.abs(max)) / (max - min);
  if (!(spread > 1) || !Number.isFinite(spread)) return least;
  return Math.min(MOST_DIGITS, Math.max(least, Math.ceil(Math.log10(spread)) + 2));
}

/**
 * A value in at most `room` characters, for a cell: `.66`, `−1.4`, `12`, `3e5`. Zero is `0`, what only rounds to it is
 * `.00`, never `.0`, or `−0` from below; the empty text if nothing fits.
 */
export function short(value: number, room: number): string {
  const special = notFinite(value);
  if (special !== undefined) return special.length <= room ? special : '';
  if (value === 0) return '0';
  const most = Number.isInteger(value) ? 0 : 3;
  const fixed = Array.from({ length: most + 1 }, (_, i) => value.toFixed(most - i));
  const scientific = value.toExponential(0).replace('e+', 'e');
  const roundsToZero = value < 0 && Number(fixed[most]) === 0 ? ['-0'] : [];
  const telling = [
    ...fixed.filter(text => Number(text) !== 0),
    scientific,
    ...fixed.slice(0, -2),
    ...roundsToZero,
  ];
  return (
    telling.map(text => trueMinus(text.replace(/^(-?)0\./, '$1.'))).find(text => text.length <= room) ?? ''
  );
}

function notFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '∞' : '−∞';
}

/** A hyphen is narrower than the digits it stands beside. An exponent keeps it, as in code. */
function trueMinus(text: string): string {
  return text.replace(/^-/, '−');
}
