import type { ByteSource } from './byteSource';

/** Bytes between two wanted ranges that are cheaper to read along than to ask again. */
const MAX_GAP = 2 ** 13;

/** Bytes read at once. */
const MAX_CHUNK = 2 ** 20;

/**
 * `source`, read in few requests although it is asked for many small ranges in the order of the file: who reads one gets
 * its neighbours into memory. One chunk is kept.
 * @param starts where the ranges begin
 * @param length of each range
 */
export function readAhead(source: ByteSource, starts: readonly number[], length: number): ByteSource {
  const sorted = Float64Array.from(starts).sort();
  let chunkAt = 0;
  let chunk: Uint8Array = new Uint8Array(0);

  /** The end of the ranges from `offset` on that follow each other closely. */
  const chunkEnd = (offset: number): number => {
    let end = offset + length;
    for (let i = firstFrom(sorted, offset); i < sorted.length; i++) {
      const next = sorted[i] + length;
      if (sorted[i] > end + MAX_GAP || next - offset > MAX_CHUNK) break;
      end = next;
    }
    return Math.min(end, source.size);
  };

  const { readSync, readInto } = source;
  return {
    size: source.size,
    readSync: readSync && ((offset, count) => readSync(offset, count)),
    readInto: readInto && ((offset, target, signal) => readInto(offset, target, signal)),
    async read(offset, count, signal) {
      if (offset < chunkAt || offset + count > chunkAt + chunk.length) {
        const size = chunkEnd(offset) - offset;
        if (count > size) return source.read(offset, count, signal);
        chunk = readSync?.(offset, size) ?? (await source.read(offset, size, signal));
        chunkAt = offset;
      }
      return chunk.subarray(offset - chunkAt, offset - chunkAt + count);
    },
  };
}

/** Index of the first of the ascending `values` that is not below `least`. */
function firstFrom(values: Float64Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
