import { FormatError } from '../../errors';
import type { ByteSource } from '../byteSource';

/** Bytes that were written as text, one character each. They are encoded when they are read. */
export function latin1Source(text: string): ByteSource {
  return {
    size: text.length,
    read: (offset, length) =>
      new Promise(resolve => resolve(encodeLatin1(text.slice(offset, offset + length)))),
  };
}

function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, i) => {
    const code = text.charCodeAt(i);
    if (code > 0xff) {
      throw new FormatError('pickle', `the data of an array has a character that is no byte (code ${code})`);
    }
    return code;
  });
}
