import { formatFloat, isFloat, type DType } from '../../engine';

/** Most digits `brief` shows of a number that is neither huge nor tiny. */
const BRIEF_DIGITS = 5;

/** A value with all the digits its dtype holds, for readouts: `0.98823529`, `−3`, `NaN`, `−∞`. */
export function exact(value: number, dtype: DType): string {
  return notFinite(value) ?? trueMinus(isFloat(dtype) ? formatFloat(value, dtype) : String(value));
}

/** A value in about `digits` significant digits, for running text and scales: `−1.411`, `2.5e-7`, `57600`. */
export function brief(value: number, digits = BRIEF_DIGITS): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return trueMinus(String(value));
  return notFinite(value) ?? trueMinus(String(Number(value.toPrecision(digits))));
}

/**
 * A value in at most `room` characters, for a cell: `.66`, `−1.4`, `12`, `3e5`. Zero is `0`, what only rounds to it is
 * `.00`; the empty text if nothing fits.
 */
export function short(value: number, room: number): string {
  const special = notFinite(value);
  if (special !== undefined) return special.length <= room ? special : '';
  if (value === 0) return '0';
  const most = Number.isInteger(value) ? 0 : 3;
  const fixed = Array.from({ length: most + 1 }, (_, i) => value.toFixed(most - i));
  const scientific = value.toExponential(0).replace('e+', 'e');
  const telling = [...fixed.filter(text => Number(text) !== 0), scientific, ...fixed.slice(0, -1)];
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
