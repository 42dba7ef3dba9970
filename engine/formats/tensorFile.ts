import type { ArraySource, DType, Region, Shape, Tensor } from '../tensor';
import { readTensor } from '../tensor';
import type { ByteSource } from './byteSource';
import type { FormatName } from './fileNames';

/** An array of a file. */
export interface TensorEntry extends ArraySource {
  /**
   * The elements of `region`, or all of them.
   * @throws FormatError if the bytes turn out to be damaged, UnsupportedError if the elements need more memory
   *   than one read may take, IndexError, CancelledError
   */
  read(region?: Region, signal?: AbortSignal): Promise<Tensor>;
}

/** Something about a file that the user should know: a part that was left out, and why. */
export interface Note {
  /** The part's name in the file, empty for the whole file. */
  readonly name: string;
  readonly reason: string;
}

/** What a file holds: the arrays' names and shapes; the elements are still in the file. */
export interface Contents {
  /** In the order of the file. */
  readonly tensors: readonly TensorEntry[];
  readonly notes: readonly Note[];
}

/** A file of arrays, opened. No two arrays have the same name. */
export interface TensorFile extends Contents {
  readonly format: FormatName;
}

/**
 * Opens a file of one format.
 * @param name what an array that has no name of its own is called: the file's name without its extension
 * @throws FormatError, UnsupportedError
 */
export type FormatReader = (source: ByteSource, name: string, signal?: AbortSignal) => Promise<Contents>;

/** An entry that has to be decoded as a whole, on the first read; it stays in memory from then on. */
export function decodedEntry(
  name: string,
  dtype: DType,
  shape: Shape,
  decode: (signal?: AbortSignal) => Promise<Tensor>,
): TensorEntry {
  let decoded: Tensor | undefined;
  return {
    name,
    dtype,
    shape,
    async read(region, signal) {
      decoded ??= await decode(signal);
      return region ? readTensor(decoded, region) : decoded;
    },
  };
}
