import type { ArraySource, DType, Region, Shape, Tensor } from '../tensor';
import { readTensor } from '../tensor';
import type { ByteSource } from './bytes/byteSource';
import type { FormatName } from './fileNames';

/** What a file says of an array besides its numbers. */
export interface StoredArray {
  /** The element type in the file's own words, e.g. `F8_E4M3`, `>f4`, `<U5`; the dtype's name where left out. */
  readonly storedType?: string;
  /** Bytes the array takes in the file, compressed or not; the size of its elements where left out. */
  readonly byteLength?: number;
  /**
   * Python that leads from what loads the file to this array: `['layers'][0]`, `['points']['x'].real`; empty where the
   * file is the array. Left out where the reader does not know it for certain, or the array's name is all there is to it.
   */
  readonly access?: string;
  /** Attributes of this one array: units of an HDF5 dataset, scale and zero point of a quantised tensor. */
  readonly metadata?: readonly Metadata[];
}

/** An array of a file. */
export interface TensorEntry extends ArraySource, StoredArray {
  /**
   * The elements of `region`, or all of them.
   * @throws FormatError if the bytes turn out to be damaged, UnsupportedError if the elements need more memory
   *   than one read may take, IndexError, CancelledError
   */
  read(region?: Region, signal?: AbortSignal, memory?: ArrayBuffer): Promise<Tensor>;
}

/** An array whose elements are no numbers: texts, dates. They are read as what NumPy would print of each. */
export interface TextEntry extends StoredArray {
  readonly name: string;
  readonly storedType: string;
  readonly shape: Shape;
  /** The elements of `region` in C order. @throws FormatError, IndexError, CancelledError */
  readTexts(region: Region, signal?: AbortSignal): Promise<string[]>;
}

/**
 * A node of what a file says about itself: an attribute with its value, a group with its children, an object of a
 * pickle. Names and values are hostile text. Trees are finite, small enough to be sent as a whole, and acyclic.
 */
export interface Metadata {
  readonly name: string;
  readonly value?: string;
  readonly children?: readonly Metadata[];
}

/** Something about a file that the user should know: a part that was left out, and why. */
export interface Note {
  /** The part's name in the file, empty for the whole file. */
  readonly name: string;
  readonly reason: string;
}

/** What Python's function that loads the file has to be told, or the user of it, for the arrays to come out as here. */
export interface PythonNeeds {
  /** Arguments after the file, such as `encoding='latin1'`. */
  readonly arguments?: string;
  readonly warning?: string;
}

/** What a file holds: the arrays' names and shapes; the elements are still in the file. */
export interface Contents {
  /** In the order of the file. */
  readonly tensors: readonly TensorEntry[];
  readonly notes: readonly Note[];
  readonly texts?: readonly TextEntry[];
  readonly metadata?: readonly Metadata[];
  /** What the file turned out to be, where one kind of file holds several formats (zip, pickle, JSON). */
  readonly format?: FormatName;
  readonly python?: PythonNeeds;
}

/** A file of arrays, opened. No two arrays have the same name. */
export interface TensorFile extends Contents {
  readonly format: FormatName;
}

/** Files beside the opened one, for formats that keep their data in several (external data, shards). */
export interface Siblings {
  /**
   * @param path as the opened file gives it, relative to its folder
   * @throws FormatError if there is no such file, or it lies outside the folder (links followed)
   */
  open(path: string, signal?: AbortSignal): Promise<ByteSource>;
}

export interface OpenContext {
  /** What an array that has no name of its own is called: the file's name without its extension. */
  readonly name: string;
  /** Left out where there is no folder to look into, as on virtual file systems. */
  readonly siblings?: Siblings;
  readonly signal?: AbortSignal;
}

/**
 * Opens a file of one format.
 * @throws FormatError, UnsupportedError, CancelledError
 */
export type FormatReader = (source: ByteSource, context: OpenContext) => Promise<Contents>;

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
