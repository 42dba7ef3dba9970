import type { H5Module } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import { FormatError } from '../../errors';
import { sizeOf, type Region, type Shape } from '../../tensor';
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
  /** Chunks are compressed, or pass other filters: each is read as a whole. */
  readonly filtered: boolean;
  readonly fields: ElementFields;
}

/**
 * Reads the elements of `region`, whose steps are positive. `visit` looks at them in the library's memory, where they
 * lie side by side in C order from `pointer` on, and are gone afterwards.
 * @throws FormatError
 */
export function readHyperslab(
  { file, path, elementSize, fields }: StoredDataset,
  region: Region,
  visit: (memory: Uint8Array, pointer: number) => void,
): Promise<void> {
  const counts = region.map(({ count }) => count);
  return file.use((h5, handle) => {
    withMemory(h5, sizeOf(counts) * elementSize, pointer => {
      // A single number has no hyperslabs.
      const [count, start, step] = (['count', 'start', 'step'] as const).map(key =>
        region.length === 0 ? null : region.map(range => BigInt(range[key])),
      );
      const status = inStoredOrder(h5, fields, () =>
        h5.get_dataset_data(handle, path, count, start, step, BigInt(pointer)),
      );
      if (status < 0) throw new FormatError('hdf5', `${path} cannot be read: the file is damaged`);
      visit(h5.HEAPU8, pointer);
      if (fields.ownMemory) {
        h5.reclaim_vlen_memory_count(handle, path, '', BigInt(pointer), counts.map(BigInt));
      }
    });
  });
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
