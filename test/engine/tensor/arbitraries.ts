import fc from 'fast-check';
import type { Range, Region, Shape } from '../../../engine';

/** Shapes of few elements, single numbers and (with `min` 0) empty arrays among them. */
export function shapes({ min }: { min: 0 | 1 }): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min, max: 4 }), { maxLength: 4 });
}

/** Regions inside `shape`, in both directions. */
export function regionsOf(shape: Shape): fc.Arbitrary<Region> {
  return fc.tuple(...shape.map(rangesOf));
}

function rangesOf(extent: number): fc.Arbitrary<Range> {
  if (extent === 0) return fc.constant({ start: 0, count: 0, step: 1 });
  return fc
    .tuple(fc.nat(extent - 1), fc.nat(extent - 1), fc.integer({ min: 1, max: 3 }))
    .map(([start, last, stride]) => ({
      start,
      count: Math.floor(Math.abs(last - start) / stride) + 1,
      step: last < start ? -stride : stride,
    }));
}

/** The indices of `region` in C order, by counting them all out. */
export function* indicesIn(region: Region): Generator<number[]> {
  if (region.length === 0) {
    yield [];
    return;
  }
  const [{ start, count, step }, ...inner] = region;
  for (let i = 0; i < count; i++) {
    for (const rest of indicesIn(inner)) yield [start + i * step, ...rest];
  }
}
