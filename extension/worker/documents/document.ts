import {
  bytesPerElement,
  IndexError,
  parseSlice,
  sizeOf,
  slicedSource,
  UnsupportedError,
  type ArraySource,
} from '../../../engine';
import {
  pythonLine,
  type Contents,
  type FormatName,
  type RawLayout,
  type TensorEntry,
  type TextEntry,
} from '../../../engine/formats';
import { parseArrayId, type FileArray, type TensorFileSummary } from '../../../webview/protocol';

/** An opened file as its editor asks about it. */
export interface Document {
  readonly summary: TensorFileSummary;
  /** The arrays of numbers, whole, in the order of the summary. */
  readonly tensors: readonly TensorEntry[];
  /** The array, or the slice of one, that an `arrayId` means. @throws IndexError, UnsupportedError for texts */
  sourceOf(id: string): ArraySource;
  /** The array of texts that an `arrayId` without a slice means. @throws IndexError, UnsupportedError for numbers */
  textsOf(id: string): TextEntry;
  /** The line of Python that loads what an `arrayId` means. @throws IndexError */
  pythonLineOf(id: string): string;
}

/** `image`: pixels that a browser decoded. */
type DocumentContents = Omit<Contents, 'format'> & { readonly format: FormatName | 'raw' | 'image' };

/**
 * @param size bytes of the file
 * @param raw how they were read, where they say nothing of themselves
 */
export function createDocument(
  file: string,
  size: number,
  { tensors, texts = [], notes, metadata = [], format, python }: DocumentContents,
  raw?: RawLayout,
): Document {
  const entries = [...tensors, ...texts];
  const entryAt = (position: number): TensorEntry | TextEntry => {
    if (position in entries) return entries[position];
    throw new IndexError(`${file}: there is no array at position ${position}; open the file again`);
  };
  const tensorAt = (position: number): TensorEntry => {
    const entry = entryAt(position);
    if (isTensor(entry)) return entry;
    throw new UnsupportedError(`${entry.name}: its elements are ${entry.storedType}, not numbers`);
  };
  return {
    summary: { file, format, size, notes, metadata, arrays: entries.map(fileArray) },
    tensors,
    sourceOf(id) {
      const { position, slice } = parseArrayId(id);
      const entry = tensorAt(position);
      return slice ? slicedSource(entry, parseSlice(slice, entry.shape), entry.name + slice) : entry;
    },
    pythonLineOf(id) {
      const { position, slice } = parseArrayId(id);
      const { name, access, shape, ...entry } = entryAt(position);
      // Python's image library reads all images alike.
      return pythonLine({
        format: format === 'image' ? 'png' : format,
        fileName: file,
        name,
        access,
        dtype: 'dtype' in entry ? entry.dtype : undefined,
        shape,
        slice,
        raw,
        python,
      });
    },
    textsOf(id) {
      const entry = entryAt(parseArrayId(id).position);
      if (isTensor(entry)) throw new UnsupportedError(`${entry.name}: its elements are numbers, not texts`);
      return entry;
    },
  };
}

function isTensor(entry: TensorEntry | TextEntry): entry is TensorEntry {
  return 'dtype' in entry;
}

/** The array without its numbers. */
export function fileArray(entry: TensorEntry | TextEntry): FileArray {
  const { name, shape, byteLength = 0, metadata = [] } = entry;
  if (!isTensor(entry)) return { name, storedType: entry.storedType, shape, byteLength, metadata };
  const { dtype, storedType = dtype } = entry;
  const elements = sizeOf(shape) * bytesPerElement(dtype);
  return { name, dtype, storedType, shape, byteLength: entry.byteLength ?? elements, metadata };
}
