import { isFloat, type DType } from '../../engine';
import { formatFloat } from '../../engine/tensor/floatText';

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
 * A value in at most `room` characters, for a cell: `.66`, `−1.4`, `12`, `3e5`. What is not zero but cannot be told
 * from it is `~0`; the empty text if nothing fits.
 */
export function short(value: number, room: number): string {
  const special = notFinite(value);
  if (special !== undefined) return special.length <= room ? special : '';
  if (value === 0) return '0';
  for (let decimals = Number.isInteger(value) ? 0 : Math.min(room, 3); decimals >= 0; decimals--) {
    const rounded = value.toFixed(decimals);
    // 0.0 would pretend that a small value is zero.
    if (Number(rounded) === 0) break;
    const text = trueMinus(rounded.replace(/^(-?)0\./, '$1.'));
    if (text.length <= room) return text;
  }
  const scientific = trueMinus(value.toExponential(0).replace('e+', 'e'));
  if (scientific.length <= room) return scientific;
  return Math.abs(value) < 1 && room >= 2 ? '~0' : '';
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
