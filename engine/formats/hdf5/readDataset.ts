import type { H5Module } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import { FormatError, throwIfCancelled } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import { sizeOf, stridesOf, type Region, type Shape } from '../../tensor';
import { boxes } from './boxes';
import type { ElementFields } from './elements';
import type { Hdf5File } from './hdf5File';

/** A dataset whose elements can be read. */
export interface StoredDataset {
  readonly file: Hdf5File;
  /** Absolute path of links. */
  readonly path: string;
  readonly shape: Shape;
  /** Bytes of an element as the library hands it out. */
  readonly elementSize: number;
  /** Extents of a chunk, where it is stored in chunks. */
  readonly chunks?: Shape;
  readonly fields: ElementFields;
}

/** Elements of a part of a region. */
export interface Part {
  readonly h5: H5Module;
  /** Address of the elements, side by side in C order. */
  readonly pointer: number;
  readonly counts: Shape;
  /** Position of the part's first element in the result, and steps in the result along each axis. */
  readonly to: number;
  readonly strides: readonly number[];
}

/** Bytes of elements read at once: enough to make the cost of a call small, few enough to stay responsive. */
const MAX_PIECE = 2 ** 23;

/**
 * Reads the elements of `region` part by part. `visit` looks at a part's elements in the library's memory, which are
 * gone afterwards.
 * @param most elements in a part, where fewer than fit into a piece are wanted at a time
 * @throws FormatError, CancelledError
 */
export async function readParts(
  dataset: StoredDataset,
  region: Region,
  signal: AbortSignal | undefined,
  visit: (part: Part) => void,
  most = Infinity,
): Promise<void> {
  const counts = region.map(({ count }) => count);
  if (sizeOf(counts) === 0) return;
  throwIfCancelled(signal);
  const strides = stridesOf(counts);
  // Hyperslabs run forwards; what is wanted backwards is turned round in the result.
  const forward = region.map(({ start, count, step }) =>
    step > 0 ? { start, count, step } : { start: start + (count - 1) * step, count, step: -step },
  );
  const turned = region.map(({ step }, axis) => (step > 0 ? strides[axis] : -strides[axis]));
  const origin = region.reduce(
    (sum, { step, count }, axis) => sum + (step > 0 ? 0 : (count - 1) * strides[axis]),
    0,
  );
  const chunks = dataset.chunks ?? region.map(() => 1);
  const limit = Math.max(1, Math.min(most, Math.floor(MAX_PIECE / dataset.elementSize)));
  let isFirst = true;
  for (const { first, counts } of boxes(forward, chunks, limit)) {
    if (!isFirst) await nextTurn(signal);
    isFirst = false;
    const hyperslab = forward.map(({ start, step }, axis) => ({
      start: start + first[axis] * step,
      count: counts[axis],
      step,
    }));
    const to = first.reduce((sum, position, axis) => sum + position * turned[axis], origin);
    await dataset.file.use((h5, file) => {
      withMemory(h5, sizeOf(counts) * dataset.elementSize, pointer => {
        readHyperslab(h5, file, dataset, hyperslab, pointer);
        visit({ h5, pointer, counts, to, strides: turned });
        if (dataset.fields.ownMemory) {
          h5.reclaim_vlen_memory_count(file, dataset.path, '', BigInt(pointer), counts.map(BigInt));
        }
      });
    });
  }
}

function readHyperslab(
  h5: H5Module,
  file: bigint,
  { path, fields }: StoredDataset,
  region: Region,
  pointer: number,
): void {
  const [counts, starts, steps] = (['count', 'start', 'step'] as const).map(key =>
    // A single number has no hyperslabs.
    region.length === 0 ? null : region.map(range => BigInt(range[key])),
  );
  const status = inStoredOrder(h5, fields, () =>
    h5.get_dataset_data(file, path, counts, starts, steps, BigInt(pointer)),
  );
  if (status < 0) throw new FormatError('hdf5', `${path} cannot be read: the file is damaged`);
}

/**
 * What `read` returns. Before the library reads, h5wasm asks it for little-endian elements; for enumerations that fails
 * without harm, and they come as they are stored.
 */
export function inStoredOrder(h5: H5Module, { keepOrder }: ElementFields, read: () => number): number {
  if (!keepOrder) return read();
  h5.deactivate_throwing_error_handler();
  const status = read();
  h5.activate_throwing_error_handler();
  return status;
}

/**
 * Does `work` with `bytes` bytes of the library's memory, zeroed.
 * @throws FormatError if there is not as much
 */
export function withMemory<T>(h5: H5Module, bytes: number, work: (pointer: number) => T): T {
  const pointer = h5._malloc(Math.max(1, bytes));
  if (pointer === 0) throw new FormatError('hdf5', `${bytes} bytes of memory cannot be had`);
  h5.HEAPU8.fill(0, pointer, pointer + bytes);
  const result = work(pointer);
  // Not where `work` failed: the instance is then thrown away as a whole.
  h5._free(pointer);
  return result;
}

/**
 * Puts the elements of a part where they belong.
 * @param put is given an element's position in the part and in the result, and how many follow, at which step
 */
export function placeRows(
  { counts, to, strides }: Part,
  put: (from: number, to: number, count: number, step: number) => void,
): void {
  const rowAxis = counts.length - 1;
  let from = 0;
  const visit = (axis: number, position: number): void => {
    if (axis >= rowAxis) {
      put(from, position, counts[rowAxis] ?? 1, strides[rowAxis] ?? 1);
      from += counts[rowAxis] ?? 1;
      return;
    }
    for (let i = 0; i < counts[axis]; i++) visit(axis + 1, position + i * strides[axis]);
  };
  visit(0, to);
}
