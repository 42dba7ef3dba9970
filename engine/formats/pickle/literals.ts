import { smallest } from './reader';

/** The number of an INT or LONG line; `00` and `01` are how protocol 0 writes False and True. */
export function parseIntegerLine(line: string): number | bigint | boolean | undefined {
  if (line === '00' || line === '01') return line === '01';
  // Python stops at 4300 digits too: parsing takes time quadratic in the length.
  const digits = /^\s*([-+]?)(\d{1,4300})L?\s*$/.exec(line);
  return digits ? smallest(BigInt(digits[2]) * (digits[1] === '-' ? -1n : 1n)) : undefined;
}

/** The number of a FLOAT line, as Python's repr writes floats. */
export function parseFloatLine(line: string): number | undefined {
  const special = /^([-+]?)(inf|nan)$/.exec(line);
  if (special) return (special[1] === '-' ? -1 : 1) * (special[2] === 'inf' ? Infinity : NaN);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(line) ? Number(line) : undefined;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** The text of a STRING line: a Python 2 string literal in quotes. */
export function parseStringLine(line: string): string | undefined {
  const quoted = /^\s*(['"])(.*)\1\s*$/s.exec(line);
  return quoted?.[2].replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gs,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPED.get(letter) ?? letter;
      return String.fromCharCode(hex === undefined ? parseInt(octal!, 8) & 0xff : parseInt(hex, 16));
    },
  );
}

/** The text of a UNICODE line: latin1 with \uXXXX and \UXXXXXXXX for the rest. */
export function parseUnicodeLine(line: string): string | undefined {
  try {
    return line.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) =>
      String.fromCodePoint(parseInt(short ?? long!, 16)),
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined; // beyond the last code point
    throw error;
  }
}
