import { checkRegion, sizeOf } from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import { checkFits, checkReadSize, gridSpan, readStrided, type StridedBytes } from './stridedBytes';
import type { StoredArray, TextEntry } from '../tensorFile';

/** Bytes that the shortest text takes in memory. */
const TEXT_BYTES = 32;

/**
 * An array of elements of one width that are shown as texts; reads only the ranges a region touches.
 * @param format named in errors
 * @param print what to show of an element, given its bytes
 * @throws FormatError if the layout reaches beyond the end of `source`
 */
export function storedTexts(
  format: string,
  name: string,
  source: ByteSource,
  layout: StridedBytes,
  stored: StoredArray & { readonly storedType: string },
  print: (element: Uint8Array) => string,
): TextEntry {
  const { shape, width, offset } = layout;
  const { storedType } = stored;
  checkFits(format, shape, storedType, gridSpan(format, layout), source.size - offset);
  return {
    byteLength: sizeOf(shape) * width,
    ...stored,
    name,
    shape,
    async readTexts(region, signal) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      checkReadSize(name, counts, storedType, Math.max(width, TEXT_BYTES));
      const bytes = await readStrided(format, source, layout, region, signal);
      return Array.from({ length: sizeOf(counts) }, (_, i) =>
        print(bytes.subarray(i * width, (i + 1) * width)),
      );
    },
  };
}
