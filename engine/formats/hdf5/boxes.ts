import type { Region, Shape } from '../../tensor';

/** A part of a region: along each axis `count` of the region's positions from its `first` on. */
export interface Box {
  readonly first: readonly number[];
  readonly counts: Shape;
}

/** The region that a part of `region` is. */
export function partOf(region: Region, { first, counts }: Box): Region {
  return region.map(({ start, step }, axis) => ({
    start: start + first[axis] * step,
    count: counts[axis],
    step,
  }));
}

/**
 * Cuts `region` into boxes of at most `limit` elements, or of what lies in one chunk if that is more. Boxes end where
 * chunks end, so that no chunk is decompressed for two of them.
 * @param region not empty, steps positive
 * @param chunks extents of a chunk, all 1 where there are no chunks
 */
export function* boxes(region: Region, chunks: Shape, limit: number): Generator<Box, void> {
  // How many positions of the region a box takes along each axis; grown from the fastest axis on.
  const edges = region.map(({ count, step }, axis) => Math.min(count, Math.ceil(chunks[axis] / step)));
  const blocks = [...chunks];
  let size = edges.reduce((product, edge) => product * edge, 1);
  for (let axis = region.length - 1; axis >= 0 && size <= limit; axis--) {
    const times = Math.max(1, Math.floor(limit / size));
    const { count, step } = region[axis];
    blocks[axis] = chunks[axis] * times;
    const edge = Math.min(count, Math.ceil(blocks[axis] / step));
    size = (size / edges[axis]) * edge;
    if (edge < count) break;
  }
  yield* cut(region, blocks, { first: [], counts: [] });
}

function* cut(region: Region, blocks: Shape, outer: Box): Generator<Box, void> {
  const axis = outer.first.length;
  if (axis === region.length) {
    yield outer;
    return;
  }
  const { start, count, step } = region[axis];
  for (let first = 0; first < count;) {
    const position = start + first * step;
    const end = (Math.floor(position / blocks[axis]) + 1) * blocks[axis];
    const taken = Math.min(count - first, Math.ceil((end - position) / step));
    yield* cut(region, blocks, { first: [...outer.first, first], counts: [...outer.counts, taken] });
    first += taken;
  }
}
