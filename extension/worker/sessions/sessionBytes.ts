import {
  bytesInMemory,
  sizeOf,
  wholeRegion,
  type ArraySource,
  type Region,
  type Shape,
} from '../../../engine';

/** Bytes that are read at once; a view of memory asks for pages. */
const MAX_BYTES = 2 ** 22;

/**
 * Bytes of an array's elements in C order, as they lie in memory.
 * @param offset of the first byte
 * @param count at most so many; fewer where the array ends before, or where more are asked for than one read takes
 * @throws CancelledError, and what reading the array throws
 */
export async function elementBytes(
  source: ArraySource,
  offset: number,
  count: number,
  signal: AbortSignal,
): Promise<{ bytes: ArrayBuffer; size: number }> {
  const width = bytesInMemory(source.dtype);
  const size = sizeOf(source.shape) * width;
  const start = Math.min(Math.max(offset, 0), size);
  const end = Math.min(start + Math.min(Math.max(count, 0), MAX_BYTES), size);
  const first = Math.floor(start / width);
  const last = Math.ceil(end / width);
  const elements = new Uint8Array((last - first) * width);
  let filled = 0;
  for (const region of elementRegions(source.shape, first, last)) {
    const { data } = await source.read(region, signal);
    elements.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), filled);
    filled += data.byteLength;
  }
  const from = start - first * width;
  return { bytes: elements.slice(from, from + end - start).buffer, size };
}

/** The elements from `start` to before `end`, counted in C order, as regions one after the other: at most two an axis. */
export function elementRegions(shape: Shape, start: number, end: number): Region[] {
  if (start >= end) return [];
  if (shape.length === 0) return [[]];
  const inner = shape.slice(1);
  const rowSize = sizeOf(inner);
  const inRow = (row: number, from: number, to: number): Region[] =>
    elementRegions(inner, from, to).map(rest => [{ start: row, count: 1, step: 1 }, ...rest]);

  const firstRow = Math.floor(start / rowSize);
  const lastRow = Math.floor(end / rowSize);
  const head = start - firstRow * rowSize;
  const tail = end - lastRow * rowSize;
  if (firstRow === lastRow) return inRow(firstRow, head, tail);
  const firstWhole = head > 0 ? firstRow + 1 : firstRow;
  const whole: Region = [{ start: firstWhole, count: lastRow - firstWhole, step: 1 }, ...wholeRegion(inner)];
  return [
    ...(head > 0 ? inRow(firstRow, head, rowSize) : []),
    ...(lastRow > firstWhole ? [whole] : []),
    ...inRow(lastRow, 0, tail),
  ];
}
