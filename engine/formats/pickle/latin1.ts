import { FormatError } from '../../errors';
import type { ByteSource } from '../bytes/byteSource';

/** Characters converted at once: more would overflow the call stack. */
const AT_ONCE = 4096;

/** The text of these UTF-16 codes; of bytes, the latin1 text. (TextDecoder's latin1 is windows-1252, which differs.) */
export function fromCharCodes(codes: Uint8Array | Uint16Array): string {
  const parts: string[] = [];
  for (let start = 0; start < codes.length; start += AT_ONCE) {
    parts.push(String.fromCharCode(...codes.subarray(start, start + AT_ONCE)));
  }
  return parts.join('');
}

/** Bytes that were written as text, one character each. They are encoded when they are read. */
export function latin1Source(text: string): ByteSource {
  return {
    size: text.length,
    read: (offset, length) =>
      new Promise(resolve => resolve(encodeLatin1(text.slice(offset, offset + length)))),
  };
}

function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) {
      throw new FormatError('pickle', `the data of an array has a character that is no byte (code ${code})`);
    }
    bytes[i] = code;
  }
  return bytes;
}
