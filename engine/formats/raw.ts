import { FormatError, ShapeError } from '../errors';
import { bytesPerElement, formatShape, sizeOf, type DType, type Shape } from '../tensor';
import type { ByteSource } from './bytes/byteSource';
import { denseLayout, storedEntry } from './arrays/storedEntry';
import type { Order } from './arrays/stridedBytes';
import type { Contents, OpenContext } from './tensorFile';

/** How to read bytes that say nothing of themselves. */
export interface RawLayout {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Bytes before the first element. */
  readonly offset: number;
  readonly order: Extract<Order, string>;
  readonly littleEndian: boolean;
}

/**
 * Opens a file of bare elements.
 * @throws FormatError if the layout does not fit into the file, saying how many elements would
 */
export function openRaw(source: ByteSource, layout: RawLayout, { name }: OpenContext): Promise<Contents> {
  return Promise.resolve().then(() => {
    const { order, ...array } = layout;
    const rest = checkedRest(layout, source.size);
    return {
      tensors: [storedEntry('raw', name, source, denseLayout(array, order))],
      notes: rest > 0 ? [{ name: '', reason: `${rest} bytes after the array are not read` }] : [],
    };
  });
}

/** Bytes after the array. */
function checkedRest({ dtype, shape, offset }: RawLayout, size: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > size) {
    throw new FormatError('raw', `the array cannot start at byte ${offset}, the file has ${size}`);
  }
  const fitting = Math.floor((size - offset) / bytesPerElement(dtype));
  const needed = elementCount(shape);
  if (needed > fitting) {
    throw new FormatError(
      'raw',
      `${formatShape(shape)} has ${needed} elements, but only ${fitting} of ${dtype} fit into the ${size - offset} bytes from byte ${offset} on`,
    );
  }
  return size - offset - needed * bytesPerElement(dtype);
}

function elementCount(shape: Shape): number {
  try {
    return sizeOf(shape);
  } catch (error) {
    if (error instanceof ShapeError) throw new FormatError('raw', error.message);
    throw error;
  }
}
