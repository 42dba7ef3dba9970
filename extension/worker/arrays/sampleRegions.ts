import { sizeOf, unravel, type Region, type Shape } from '../../../engine';

/**
 * An even sample of an array: at most `count` regions of at most `size` elements side by side, from the first to the
 * last of them in C order.
 */
export function sampleRegions(shape: Shape, count: number, size: number): Region[] {
  if (sizeOf(shape) === 0) return [];
  // The axes after `axis` fit into a region as a whole; of `axis` some positions do.
  const axis = shape.findIndex((_, i) => sizeOf(shape.slice(i + 1)) <= size);
  if (axis < 0) return [[]];
  const positions = Math.floor(size / sizeOf(shape.slice(axis + 1)));
  const grid = [...shape.slice(0, axis), Math.ceil(shape[axis] / positions)];
  const total = sizeOf(grid);
  const taken = Math.min(count, total);
  return Array.from({ length: taken }, (_, i) => {
    const index = unravel(Math.floor((i * (total - 1)) / Math.max(1, taken - 1)), grid);
    return shape.map((extent, at) => {
      if (at < axis) return { start: index[at], count: 1, step: 1 };
      if (at > axis) return { start: 0, count: extent, step: 1 };
      const start = index[at] * positions;
      return { start, count: Math.min(positions, extent - start), step: 1 };
    });
  });
}
