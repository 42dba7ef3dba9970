import { Tensor, type ArraySource, type Region } from '../../../engine';
import { toWire, type PlaneBlocks, type ReducedPlane } from '../../../webview/protocol';

/** Cells read at once: a few megabytes. */
const STRIP_CELLS = 1 << 20;

/** Cells of a block that are looked at; those of longer blocks are not read beyond. */
const MOST_PER_BLOCK = 4096;

/** As `reducePlane`, for a plane of one row. @throws IndexError if it reaches outside the array */
export async function reduceRow(
  source: ArraySource,
  { index, columnAxis, columns, block, extremes }: PlaneBlocks,
  signal: AbortSignal,
): Promise<ReducedPlane> {
  const [first, count] = columns;
  const read = async (start: number, length: number): Promise<ArrayLike<number>> => {
    const region: Region = index.map((position, axis) =>
      axis === columnAxis
        ? { start: first + start, count: length, step: 1 }
        : { start: position, count: 1, step: 1 },
    );
    return (await source.read(region, signal)).numbers();
  };

  const total = Math.ceil(count / block);
  const [min, max, mean] = Array.from({ length: 3 }, () => new Float64Array(total));
  const summarise = (at: number, values: ArrayLike<number>, from: number, to: number): void => {
    min[at] = Infinity;
    max[at] = -Infinity;
    for (let i = from; i < to; i++) {
      min[at] = Math.min(min[at], values[i]);
      max[at] = Math.max(max[at], values[i]);
      mean[at] += values[i] / (to - from);
    }
  };

  const isSampled = block > MOST_PER_BLOCK;
  const strip = isSampled ? block : Math.floor(STRIP_CELLS / block) * block;
  for (let start = 0; start < count; start += strip) {
    const end = Math.min(count, start + strip);
    const values = await read(start, Math.min(end - start, isSampled ? MOST_PER_BLOCK : strip));
    for (let from = 0; from < values.length; from += block)
      summarise((start + from) / block, values, from, Math.min(values.length, from + block));
  }
  const wire = (data: Float64Array) => toWire(Tensor.wrap(data, [1, total], 'float64'));
  return {
    mean: wire(mean),
    ...(extremes && { extremes: { min: wire(min), max: wire(max) } }),
    sampled: isSampled ? block / MOST_PER_BLOCK : undefined,
  };
}
