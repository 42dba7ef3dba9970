import type { ByteSource } from './byteSource';
import { concat } from './inflate';

/** Several sources, one after the other, as one. */
export function joinedSource(parts: readonly ByteSource[]): ByteSource {
  if (parts.length === 1) return parts[0];
  const starts: number[] = [];
  let size = 0;
  for (const part of parts) {
    starts.push(size);
    size += part.size;
  }
  return {
    size,
    async read(offset, length, signal) {
      const end = Math.min(offset + length, size);
      const pieces: Uint8Array[] = [];
      for (const [i, part] of parts.entries()) {
        const from = Math.max(offset, starts[i]);
        const to = Math.min(end, starts[i] + part.size);
        if (from < to) pieces.push(await part.read(from - starts[i], to - from, signal));
      }
      return pieces.length === 1 ? pieces[0] : concat(pieces);
    },
  };
}
