import { encode } from 'fast-png';
import { wholeRegion, type Region, type Shape, type Tensor } from '../../../engine';
import type { TensorEntry } from '../../../engine/formats';
import { THUMBNAIL_EDGE, type Thumbnail } from '../runs/engineRequests';

/**
 * The first plane of a sample, read with steps so that a large picture costs as little as a small one.
 * @param sample position on the first axis, where the array has more than two
 */
export async function thumbnail(entry: TensorEntry, sample: number, signal: AbortSignal): Promise<Thumbnail> {
  const tensor = await entry.read(planeRegion(entry.shape, sample), signal);
  const [height, width] = [...[1, 1], ...tensor.shape].slice(-2);
  const { min, max } = rangeOf(tensor);
  const grey = Uint8Array.from(tensor.numbers(), value =>
    max > min ? ((value - min) / (max - min)) * 255 : 128,
  );
  const png = encode({ width, height, data: grey, channels: 1, depth: 8 });
  return { png: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, min, max };
}

function planeRegion(shape: Shape, sample: number): Region {
  return wholeRegion(shape).map(({ count }, axis) => {
    if (axis < shape.length - 2) return { start: axis === 0 ? sample : 0, count: 1, step: 1 };
    const step = Math.ceil(count / THUMBNAIL_EDGE);
    return { start: 0, count: Math.ceil(count / step), step };
  });
}

function rangeOf(tensor: Tensor): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of tensor.numbers()) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}
