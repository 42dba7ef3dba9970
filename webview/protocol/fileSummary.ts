import type { DType, Metadata, Note, Shape } from '../../engine';

/** An array of a file, as the list shows it. Its position in the list is what requests know it by: {@link arrayId}. */
export interface FileArray {
  /** Hostile text, like everything that comes from a file. */
  readonly name: string;
  /** Left out for an array of texts or dates, which is read by `array/texts` only. */
  readonly dtype?: DType;
  /** The element type in the file's own words, e.g. `F8_E4M3`, `>f4`, `<U5`. */
  readonly storedType: string;
  readonly shape: Shape;
  /** Bytes in the file. */
  readonly byteLength: number;
  /** Attributes of this one array. */
  readonly metadata: readonly Metadata[];
}

/** A file of arrays as the editor shows it: everything but the numbers. */
export interface TensorFileSummary {
  /** The file's name without folders. */
  readonly file: string;
  readonly format: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly arrays: readonly FileArray[];
  readonly notes: readonly Note[];
  readonly metadata: readonly Metadata[];
}
