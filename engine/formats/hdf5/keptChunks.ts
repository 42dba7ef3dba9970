import { nextTurn } from '../../tensor/nextTurn';
import { sizeOf, type Region, type Shape } from '../../tensor';
import { memoryBytes } from '../bytes/byteSource';
import { readStrided, stridesIn } from '../arrays/stridedBytes';
import type { DecodedBox } from './boxCache';
import { boxes, partOf, type Box } from './boxes';
import { readHyperslab, type StoredDataset } from './hyperslab';

/** A dataset in chunks that pass filters. */
type ChunkedDataset = StoredDataset & { readonly chunks: Shape };

/** Bytes of a chunk that is kept; of larger ones, what is wanted is read again and again. */
const MAX_CHUNK = 2 ** 25;

/**
 * Whether chunks that were decompressed for `region` are kept for the next read: not those of elements that point
 * elsewhere, nor where steps leave out whole chunks.
 */
export function keepsChunks(dataset: StoredDataset, region: Region): dataset is ChunkedDataset {
  const { chunks, filtered, fields, elementSize } = dataset;
  return (
    chunks !== undefined &&
    filtered &&
    !fields.ownMemory &&
    sizeOf(chunks) * elementSize <= MAX_CHUNK &&
    region.every(({ step }, axis) => step <= chunks[axis])
  );
}

/**
 * Reads the elements of `region` from chunks that are decompressed as a whole and kept.
 * @param region not empty, steps positive
 * @param limit elements decompressed at once, where a chunk has not more
 * @param visit is given the wanted elements inside some chunks, side by side in C order
 * @throws FormatError, CancelledError
 */
export async function readKeptChunks(
  dataset: ChunkedDataset,
  region: Region,
  limit: number,
  signal: AbortSignal | undefined,
  visit: (box: Box, memory: Uint8Array, pointer: number) => void,
): Promise<void> {
  const { chunks, shape, elementSize: width, file } = dataset;
  const whole = region.map(({ start, count, step }, axis) => {
    const first = start - (start % chunks[axis]);
    const end = Math.ceil((start + (count - 1) * step + 1) / chunks[axis]) * chunks[axis];
    return { start: first, count: Math.min(end, shape[axis]) - first, step: 1 };
  });
  file.chunks.begin();
  let isFirst = true;
  for (const chunkBox of boxes(whole, chunks, limit)) {
    if (!isFirst) await nextTurn(signal);
    isFirst = false;
    const covered = partOf(whole, chunkBox);
    const decoded = await decode(dataset, covered);
    const box = inside(region, covered);
    const wanted = partOf(region, box).map((range, axis) => ({
      ...range,
      start: range.start - decoded.region[axis].start,
    }));
    const extents = decoded.region.map(({ count }) => count);
    const layout = { shape: extents, strides: stridesIn('C', extents, width), offset: 0, width };
    visit(box, await readStrided('hdf5', memoryBytes(decoded.bytes), layout, wanted, signal), 0);
  }
}

/** A box that holds all of `region`, which are whole chunks. */
async function decode(dataset: StoredDataset, region: Region): Promise<DecodedBox> {
  const { file, path, elementSize } = dataset;
  const kept = file.chunks.find(path, region);
  if (kept) return kept;
  const size = sizeOf(region.map(({ count }) => count)) * elementSize;
  let bytes = new Uint8Array(0);
  await readHyperslab(dataset, region, (memory, pointer) => (bytes = memory.slice(pointer, pointer + size)));
  file.chunks.add(path, { region, bytes });
  return { region, bytes };
}

/** The positions of `region` that lie in `outer`, which has no steps. */
function inside(region: Region, outer: Region): Box {
  const firstFrom = ({ start, step }: Region[number], position: number): number =>
    Math.ceil((position - start) / step);
  const first = region.map((range, axis) => Math.max(0, firstFrom(range, outer[axis].start)));
  const counts = region.map(
    (range, axis) =>
      Math.min(range.count, firstFrom(range, outer[axis].start + outer[axis].count)) - first[axis],
  );
  return { first, counts };
}
