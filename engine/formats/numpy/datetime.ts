/** Of a day's parts from hours on: how many make one of the part before, and its name in durations. */
const FINER: readonly (readonly [unit: string, perCoarser: bigint])[] = [
  ['h', 24n],
  ['m', 60n],
  ['s', 60n],
  ['ms', 1000n],
  ['us', 1000n],
  ['ns', 1000n],
  ['ps', 1000n],
  ['fs', 1000n],
  ['as', 1000n],
];

const NAMES: ReadonlyMap<string, string> = new Map([
  ['Y', 'years'],
  ['M', 'months'],
  ['W', 'weeks'],
  ['D', 'days'],
  ['h', 'hours'],
  ['m', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['ps', 'picoseconds'],
  ['fs', 'femtoseconds'],
  ['as', 'attoseconds'],
]);

/** The value of "not a time". */
const NAT = -(2n ** 63n);

/** Prints one stored value. */
export type TimeText = (value: bigint) => string;

/**
 * How the values of datetime64 (`M`) or timedelta64 (`m`) are printed, as `str` of each in NumPy: `2020-02-02T05:00`,
 * `25 seconds`, `NaT`. Exact where NumPy's own 64-bit calendar overflows.
 * @param unit e.g. `ns` or, of several at once, `25s`; empty for NumPy's generic unit
 * @returns undefined if the unit is not one of NumPy's
 */
export function timeText(letter: 'M' | 'm', unit: string): TimeText | undefined {
  const [, digits, base] = /^(\d*)([a-zA-Z]*)$/.exec(unit) ?? [];
  const name = base === '' ? 'generic time units' : NAMES.get(base);
  if (name === undefined) return undefined;
  const multiple = BigInt(digits || 1);
  const print = letter === 'm' || base === '' ? (value: bigint) => `${value} ${name}` : dateText(base);
  return value => (value === NAT ? 'NaT' : print(value * multiple));
}

/** ISO 8601 of a number of units since 1970. */
function dateText(unit: string): TimeText {
  if (unit === 'Y') return value => yearText(1970n + value);
  if (unit === 'M') return value => `${yearText(1970n + floorDiv(value, 12n))}-${two(mod(value, 12n) + 1n)}`;
  if (unit === 'W') return value => dayText(7n * value);
  if (unit === 'D') return dayText;
  const parts = FINER.slice(0, FINER.findIndex(([name]) => name === unit) + 1);
  return value => {
    const digits: bigint[] = [];
    let rest = value;
    for (const [, perCoarser] of parts.toReversed()) {
      digits.unshift(mod(rest, perCoarser));
      rest = floorDiv(rest, perCoarser);
    }
    const clock = digits.slice(0, 3).map(two).join(':');
    const fraction = digits
      .slice(3)
      .map(part => String(part).padStart(3, '0'))
      .join('');
    return `${dayText(rest)}T${clock}${fraction && `.${fraction}`}`;
  };
}

/**
 * The proleptic Gregorian date of a number of days since 1970.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 */
function dayText(days: bigint): string {
  const shifted = days + 719468n; // since 0000-03-01
  const era = floorDiv(shifted, 146097n);
  const dayOfEra = mod(shifted, 146097n);
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36524n - dayOfEra / 146096n) / 365n;
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const fromMarch = (5n * dayOfYear + 2n) / 153n;
  const day = dayOfYear - (153n * fromMarch + 2n) / 5n + 1n;
  const month = fromMarch < 10n ? fromMarch + 3n : fromMarch - 9n;
  const year = 400n * era + yearOfEra + (month <= 2n ? 1n : 0n);
  return `${yearText(year)}-${two(month)}-${two(day)}`;
}

/** At least four characters, the sign among them. */
function yearText(year: bigint): string {
  return year < 0n ? `-${String(-year).padStart(3, '0')}` : String(year).padStart(4, '0');
}

function two(value: bigint): string {
  return String(value).padStart(2, '0');
}

function floorDiv(value: bigint, divisor: bigint): bigint {
  return (value - mod(value, divisor)) / divisor;
}

/** The remainder that is never negative. */
function mod(value: bigint, divisor: bigint): bigint {
  return ((value % divisor) + divisor) % divisor;
}
