import type { H5Filter, H5Module } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import { ShapeError } from '../../errors';
import { formatBytes, sizeOf } from '../../tensor';
import { pythonText } from '../write/pythonText';
import type { Metadata, Note, StoredArray, TensorEntry, TextEntry } from '../tensorFile';
import { numberEntry, textEntry } from './datasetEntries';
import { elementFields, type NumberField, type TextField } from './elements';
import { withShortFloats } from './floatFormat';
import type { Hdf5File } from './hdf5File';
import type { StoredDataset } from './hyperslab';

/** A dataset as its header describes it. */
export interface DescribedDataset {
  readonly stored?: StoredDataset;
  /** Why its elements cannot be read. */
  readonly refusal?: string;
  readonly layout: readonly Metadata[];
}

/** deflate, shuffle, fletcher32, nbit, scaleoffset. Source: HDF5 File Format Specification 3.0, IV.A.2.l. */
const FILTERS = new Set([1, 2, 3, 5, 6]);

/** Bytes of a chunk: it is decompressed as a whole. */
const MAX_CHUNK = 2 ** 27;

/** A larger dataset of which less than a thousandth can be in the file is a bomb, as Keras has it. */
const MAX_SPARSE = 2 ** 32;
const MAX_RATIO = 1000;

/** Reads the header of the dataset at `path`. @param file the one that `handle` belongs to */
export function describeDataset(
  h5: H5Module,
  handle: bigint,
  file: Hdf5File,
  path: string,
): DescribedDataset {
  const { shape, chunks, size, virtual_sources, ...type } = h5.get_dataset_metadata(handle, path);
  const filters = chunks ? h5.get_dataset_filters(handle, path) : [];
  const layout = [
    { name: 'path', value: path },
    ...(chunks ? [{ name: 'chunks', value: `(${chunks.join(', ')})` }] : []),
    ...(filters.length > 0 ? [{ name: 'filters', value: filters.map(nameOf).join(', ') }] : []),
  ];
  const refuse = (refusal: string): DescribedDataset => ({ refusal, layout });

  if (!shape) return refuse('it is a dataset without elements');
  if (virtual_sources) {
    const files = [...new Set(virtual_sources.map(({ file_name }) => `'${file_name}'`))].slice(0, 3);
    return refuse(
      `it is virtual: its elements are those of other datasets (${files.join(', ')}), which are not opened`,
    );
  }
  const unknown = filters.find(({ id }) => !FILTERS.has(id));
  if (unknown) {
    return refuse(
      `it is compressed by ${nameOf(unknown)}, which is not read; write it with gzip or uncompressed`,
    );
  }
  try {
    const chunk = sizeOf(chunks ?? []) * size;
    const whole = sizeOf(shape) * size;
    if (chunk > MAX_CHUNK) {
      return refuse(
        `its chunks take ${formatBytes(chunk)} each, at most ${formatBytes(MAX_CHUNK)} are decompressed`,
      );
    }
    if (whole > MAX_SPARSE && whole > MAX_RATIO * file.size) {
      return refuse(
        `it claims ${formatBytes(whole)} in a file of ${formatBytes(file.size)}: a bomb; it is not read`,
      );
    }
  } catch (error) {
    if (error instanceof ShapeError) return refuse(error.message);
    throw error;
  }
  const fields = withShortFloats(elementFields(h5, { ...type, size }), () =>
    file.objectHeader(h5.create_object_reference(handle, path)),
  );
  const filtered = filters.length > 0;
  return {
    stored: { file, path, shape, elementSize: size, chunks: chunks ?? undefined, filtered, fields },
    layout,
  };
}

function nameOf({ id, name }: H5Filter): string {
  return name ? `${name.split(/[\s;]/, 1)[0]} (filter ${id})` : `filter ${id}`;
}

/** The arrays that the elements of a dataset make: one for each field. */
export function datasetArrays(
  name: string,
  { stored, refusal, layout }: DescribedDataset,
  attributes: readonly Metadata[],
): { tensors: TensorEntry[]; texts: TextEntry[]; notes: Note[] } {
  if (!stored) return { tensors: [], texts: [], notes: [{ name, reason: refusal ?? '' }] };
  const { numbers, texts, unread } = stored.fields;
  const metadata = [...layout, ...attributes];
  const named = (path: readonly string[]): string => [name, ...path].join('.');
  const about = ({ storedType, path }: NumberField | TextField): StoredArray => ({
    storedType,
    metadata,
    // The parts of complex numbers are no fields in h5py.
    access: /^(real|imag)$/.test(path.at(-1) ?? '')
      ? undefined
      : [stored.path, ...path].map(key => `[${pythonText(key)}]`).join(''),
  });
  return {
    tensors: numbers.map(field => numberEntry(named(field.path), stored, field, about(field))),
    texts: texts.map(field => textEntry(named(field.path), stored, field, about(field))),
    notes: unread.map(({ path, reason }) => ({ name: named(path), reason })),
  };
}
