import { fromCharCodes } from './latin1';
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

const BACKSLASH = 0x5c;

/** Hexadecimal digits after `\u` and `\U`. */
const DIGITS: ReadonlyMap<number, number> = new Map([
  [0x75, 4],
  [0x55, 8],
]);

/**
 * The text of a UNICODE line: latin1, with `\uXXXX` and `\UXXXXXXXX` for the rest. Protocol 0 writes the data of arrays
 * so, megabytes of it; hence the loop.
 */
export function parseUnicodeLine(line: Uint8Array): string | undefined {
  const codes = new Uint16Array(line.length);
  let written = 0;
  for (let i = 0; i < line.length; i++) {
    codes[written++] = line[i];
    if (line[i] !== BACKSLASH || i + 1 === line.length) continue;
    const digits = DIGITS.get(line[++i]);
    if (digits === undefined) {
      codes[written++] = line[i];
      continue;
    }
    const code = parseHex(line, i + 1, digits);
    if (code === undefined || code > 0x10ffff) return undefined;
    i += digits;
    written--;
    if (code > 0xffff) codes[written++] = 0xd800 + ((code - 0x10000) >> 10);
    codes[written++] = code > 0xffff ? 0xdc00 + (code & 0x3ff) : code;
  }
  return fromCharCodes(codes.subarray(0, written));
}

function parseHex(line: Uint8Array, start: number, digits: number): number | undefined {
  let value = 0;
  for (let i = start; i < start + digits; i++) {
    // Letters in both cases follow the digits; beyond the end, and anything else, is not a number.
    const digit = line[i] >= 0x61 ? line[i] - 0x57 : line[i] >= 0x41 ? line[i] - 0x37 : line[i] - 0x30;
    const isHex = (line[i] >= 0x30 && line[i] <= 0x39) || (digit >= 10 && digit <= 15);
    if (!isHex) return undefined;
    value = value * 16 + digit;
  }
  return value;
}
