import { FormatError } from '../errors';
import type { DType } from '../tensor';
import { readBytes, type ByteSource } from './bytes/byteSource';
import { checkedByteLength, denseLayout, storedEntry } from './arrays/storedEntry';
import type { Contents, OpenContext } from './tensorFile';

const DTYPE_OF: ReadonlyMap<number, DType> = new Map([
  [0x08, 'uint8'],
  [0x09, 'int8'],
  [0x0b, 'int16'],
  [0x0c, 'int32'],
  [0x0d, 'float32'],
  [0x0e, 'float64'],
]);

/** Whether a file that starts with these bytes is meant as idx: two zeros, a type, the number of axes. */
export function isIdx(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && DTYPE_OF.has(head[2]) && head[3] > 0;
}

/**
 * Opens an idx file, the format of MNIST: `0 0 type rank`, the extents, the elements, all big-endian.
 * Source: "The MNIST database of handwritten digits", LeCun, Cortes, Burges.
 */
export async function openIdx(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  const magic = await readBytes(source, 'idx', 0, 4, signal);
  const dtype = DTYPE_OF.get(magic[2]);
  if (magic[0] !== 0 || magic[1] !== 0 || !dtype) {
    throw new FormatError(
      'idx',
      'does not start with two zeros and a known type, so it is not an idx file',
      0,
    );
  }
  const rank = magic[3];
  const extents = await readBytes(source, 'idx', 4, 4 * rank, signal);
  const view = new DataView(extents.buffer, extents.byteOffset, extents.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 * axis));
  const offset = 4 + 4 * rank;
  const rest = source.size - offset - checkedByteLength('idx', shape, dtype, source.size - offset);
  return {
    tensors: [storedEntry('idx', name, source, denseLayout({ offset, dtype, shape, littleEndian: false }))],
    notes: rest > 0 ? [{ name: '', reason: `${rest} bytes after the array are not read` }] : [],
  };
}
