import {
  bytesInMemory,
  bytesPerElement,
  checkRegion,
  decodeElements,
  sizeOf,
  Tensor,
  wholeRegion,
  type DType,
  type Shape,
} from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import { checkFits, checkReadSize, gridSpan, readStrided, stridesIn, type Order } from './stridedBytes';
import type { StoredArray, TensorEntry } from '../tensorFile';

/** How an array lies in a file. */
export interface Layout {
  /** Position of the element whose index is all zeros. */
  readonly offset: number;
  readonly dtype: DType;
  readonly shape: Shape;
  /**
   * Bytes from one position of each axis to the next, ≥ 0: any, as of a field of records (not a multiple of the
   * element's width), a broadcast axis (0), or windows that overlap.
   */
  readonly strides: readonly number[];
  readonly littleEndian: boolean;
}

/** The layout of elements that lie side by side. */
export function denseLayout(
  { offset, dtype, shape, littleEndian }: Omit<Layout, 'strides'>,
  order: Order = 'C',
): Layout {
  return { offset, dtype, shape, strides: stridesIn(order, shape, bytesPerElement(dtype)), littleEndian };
}

/**
 * Bytes that an array of `shape` takes in a file, its elements side by side.
 * @throws FormatError if the shape is impossible or does not fit into `available` bytes
 */
export function checkedByteLength(format: string, shape: Shape, dtype: DType, available: number): number {
  const width = bytesPerElement(dtype);
  const length = gridSpan(format, { shape, strides: stridesIn('C', shape, width), width });
  checkFits(format, shape, dtype, length, available);
  return length;
}

/**
 * An array in `source`; reads only the ranges a region touches.
 * @param format named in errors
 * @param stored what the file says of the array besides
 * @throws FormatError if the layout reaches beyond the end of `source`
 */
export function storedEntry(
  format: string,
  name: string,
  source: ByteSource,
  { offset, dtype, shape, strides, littleEndian }: Layout,
  stored: StoredArray = {},
): TensorEntry {
  const layout = { offset, shape, strides, width: bytesPerElement(dtype) };
  checkFits(format, shape, dtype, gridSpan(format, layout), source.size - offset);
  return {
    byteLength: sizeOf(shape) * layout.width,
    ...stored,
    name,
    dtype,
    shape,
    async read(region = wholeRegion(shape), signal, memory) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      checkReadSize(name, counts, dtype, bytesInMemory(dtype));
      const bytes = await readStrided(format, source, layout, region, signal, memory);
      return Tensor.wrap(decodeElements(dtype, bytes, littleEndian), counts, dtype);
    },
  };
}
