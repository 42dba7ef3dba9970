import type { ScalarType } from './elementType';
import { timeText } from './datetime';

/** Prints the element whose bytes are given. */
export type ElementText = (element: Uint8Array) => string;

/** How elements that are no numbers are printed; undefined if they are numbers, or not known. */
export function elementText({ letter, width, littleEndian, unit }: ScalarType): ElementText | undefined {
  if (letter === 'U') return element => utf32(element, littleEndian);
  if (letter === 'S') return pythonBytes;
  if (letter === 'V') return element => Array.from(element, hex).join('');
  if ((letter !== 'M' && letter !== 'm') || width !== 8) return undefined;
  const print = timeText(letter, unit);
  return print && (element => print(viewOf(element).getBigInt64(0, littleEndian)));
}

/** UTF-32, filled up with zeros. What is no character becomes U+FFFD. */
function utf32(element: Uint8Array, littleEndian: boolean): string {
  const view = viewOf(element);
  let length = element.length / 4;
  while (length > 0 && view.getUint32(4 * (length - 1), littleEndian) === 0) length--;
  let text = '';
  for (let i = 0; i < length; i++) {
    const point = view.getUint32(4 * i, littleEndian);
    const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += String.fromCodePoint(isCharacter ? point : 0xfffd);
  }
  return text;
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);

/** Bytes filled up with zeros, as Python prints them: `b'seven\xff'`. */
function pythonBytes(element: Uint8Array): string {
  let length = element.length;
  while (length > 0 && element[length - 1] === 0) length--;
  const bytes = element.subarray(0, length);
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const characters = Array.from(bytes, byte => {
    if (byte === quote.charCodeAt(0)) return `\\${quote}`;
    const isPlain = byte >= 0x20 && byte < 0x7f;
    return ESCAPES.get(byte) ?? (isPlain ? String.fromCharCode(byte) : `\\x${hex(byte)}`);
  });
  return `b${quote}${characters.join('')}${quote}`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}
