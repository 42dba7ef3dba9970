import { bytesInMemory, readBlocks, sizeOf, Tensor, type ArraySource, type Region } from '../../../engine';
import { MAX_READ_BYTES } from '../../../engine/formats';

/** Elements that are read faster than anybody looks. */
const SMALL = 1 << 20;

/**
 * The elements of `region`, read block by block where that takes long, to tell how far it is: 0 to 1.
 * @throws FormatError, UnsupportedError, IndexError, CancelledError as `source.read` does
 */
export async function readTold(
  source: ArraySource,
  region: Region,
  signal: AbortSignal,
  tell: (fraction: number) => void,
): Promise<Tensor> {
  const shape = region.map(({ count }) => count);
  const width = bytesInMemory(source.dtype);
  // What is too large is for the source to refuse.
  if (sizeOf(shape) <= SMALL || sizeOf(shape) * width > MAX_READ_BYTES) return source.read(region, signal);
  const tensor = Tensor.zeros(shape, source.dtype);
  const { buffer, byteLength } = tensor.data;
  let filled = 0;
  for await (const { data } of readBlocks(source, region, signal)) {
    new Uint8Array(buffer).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), filled);
    filled += data.byteLength;
    tell(filled / byteLength);
  }
  return tensor;
}
