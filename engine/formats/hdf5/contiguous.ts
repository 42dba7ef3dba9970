import { bytesPerElement, sizeOf } from '../../tensor';
import { denseLayout, storedEntry } from '../arrays/storedEntry';
import type { TensorEntry } from '../tensorFile';
import type { NumberField } from './elements';
import { DATA_LAYOUT, headerMessages } from './headerMessages';
import type { StoredDataset } from './hyperslab';

/** Source: HDF5 File Format Specification 3.0, IV.A.2.i: the versions in use since 2005, and storage in one piece. */
const VERSIONS = [3, 4];
const CONTIGUOUS = 1;

/**
 * The numbers of a dataset that lie side by side in the file, to be read without the library, which would read 64 KiB
 * for each small region. Undefined where only the library finds them.
 */
export async function contiguousEntry(
  name: string,
  { file, path, shape, elementSize, chunks }: StoredDataset,
  { dtype, axes, storedLittleEndian: littleEndian }: NumberField,
): Promise<TensorEntry | undefined> {
  const all = [...shape, ...axes];
  const isWholeElement = sizeOf(axes) * bytesPerElement(dtype) === elementSize;
  if (chunks || !isWholeElement || !file.hasLongAddresses) return undefined;
  const header = await file.use((h5, handle) => file.objectHeader(h5.create_object_reference(handle, path)));
  const offset = addressOf(header, sizeOf(all) * bytesPerElement(dtype), file.source.size);
  return offset === undefined
    ? undefined
    : storedEntry('hdf5', name, file.source, denseLayout({ offset, dtype, shape: all, littleEndian }));
}

/** Where a dataset of so many bytes begins, if it has room before `end`; it has no address before anything is written. */
function addressOf(header: Uint8Array, bytes: number, end: number): number | undefined {
  const data = headerMessages(header).find(({ type }) => type === DATA_LAYOUT)?.data;
  if (!data || data.length < 18 || !VERSIONS.includes(data[0]) || data[1] !== CONTIGUOUS) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const address = Number(view.getBigUint64(2, true));
  const size = Number(view.getBigUint64(10, true));
  return size === bytes && address + size <= end ? address : undefined;
}
