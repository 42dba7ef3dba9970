import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../../../../engine';
import { memoryBytes, type ByteSource, type Siblings } from '../../../../engine/formats';

/** A source that counts what is read from it. */
export interface CountingSource extends ByteSource {
  reads: number;
  bytesRead: number;
}

export function counting(source: ByteSource): CountingSource {
  return {
    size: source.size,
    reads: 0,
    bytesRead: 0,
    read(offset, length, signal) {
      this.reads++;
      this.bytesRead += length;
      return source.read(offset, length, signal);
    },
  };
}

/** `head`, then zeros up to `size`, which may be more than fits into memory, then `tail`. */
export function headAndZeros(
  head: Uint8Array,
  size: number,
  tail: Uint8Array = new Uint8Array(0),
): ByteSource {
  return {
    size: size + tail.length,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size + tail.length - offset)));
      if (offset < head.length) bytes.set(head.subarray(offset, offset + bytes.length));
      for (let i = Math.max(offset, size); i < offset + bytes.length; i++) bytes[i - offset] = tail[i - size];
      return Promise.resolve(bytes);
    },
  };
}

/** Joins texts (one byte per character), numbers (one byte each) and bytes. */
export function bytes(...parts: (string | number | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part => {
      if (typeof part === 'number') return [part];
      return typeof part === 'string' ? Array.from(part, char => char.charCodeAt(0)) : [...part];
    }),
  );
}

/** The files of a folder. What lies outside of it is the host's to refuse. */
export function siblingsIn(folder: string): Siblings {
  return {
    open(path) {
      const file = join(folder, path);
      if (existsSync(file)) return Promise.resolve(memoryBytes(readFileSync(file)));
      return Promise.reject(new FormatError('folder', `there is no file '${path}'`));
    },
  };
}
