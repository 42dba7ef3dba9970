import { UnsupportedError } from '../errors';
import type { DType, Shape } from '../tensor';
import type { ByteSource } from './byteSource';
import type { Order } from './stridedBytes';
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

/** Opens a file of bare elements. @throws FormatError if the layout does not fit into the file */
export function openRaw(_source: ByteSource, _layout: RawLayout, _context: OpenContext): Promise<Contents> {
  throw new UnsupportedError('raw: not read yet');
}
