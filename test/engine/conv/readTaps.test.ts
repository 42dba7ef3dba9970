import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spatialAxis, type Range, type SpatialAxis, type WindowGeometry } from '../../../engine';
import {
  assignmentAt,
  COL_ARRANGEMENTS,
  extentsOf,
  inputPosition,
  readTaps,
  shapeOf,
} from '../../../engine/conv';

const PADDING = -1;

/** Windows along an axis that may be long, with any stride, padding and dilation. */
function axes(letter: 'H' | 'W', size: number): fc.Arbitrary<SpatialAxis> {
  return fc
    .record({
      size: fc.integer({ min: 7, max: size }),
      window: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      before: fc.nat(8),
      after: fc.nat(8),
      dilation: fc.integer({ min: 1, max: 3 }),
    })
    .map(axis => spatialAxis('test', letter, { ...axis, ceil: false }));
}

/** Some positions of an axis, forwards or backwards, all of them as often as not. */
function ranges(extent: number): fc.Arbitrary<Range> {
  const some = fc
    .tuple(fc.nat(extent - 1), fc.nat(extent - 1), fc.constantFrom(-2, -1, 1, 2))
    .map(([start, count, step]) => {
      const most = Math.floor((step > 0 ? extent - 1 - start : start) / Math.abs(step)) + 1;
      return { start, count: Math.min(count, most), step };
    });
  return fc.oneof(fc.constant({ start: 0, count: extent, step: 1 }), some);
}

/** The cells of a region in C order. */
function cellsOf(region: readonly Range[]): number[][] {
  return region.reduce<number[][]>(
    (cells, { start, count, step }) =>
      cells.flatMap(cell => Array.from({ length: count }, (_, i) => [...cell, start + i * step])),
    [[]],
  );
}

describe('readTaps', () => {
  const cases = fc
    .record({
      N: fc.integer({ min: 1, max: 2 }),
      C: fc.integer({ min: 1, max: 2 }),
      vertical: axes('H', 12),
      horizontal: axes('W', 70),
      layout: fc.constantFrom('rows' as const, 'columns' as const, 'axes' as const),
    })
    .map(({ layout, ...rest }) => {
      const geometry: WindowGeometry = { ...rest, FN: 1, groups: 1 };
      return { geometry, arrangement: COL_ARRANGEMENTS[layout], extents: extentsOf(geometry) };
    })
    .chain(({ geometry, arrangement, extents }) =>
      fc
        .tuple(...shapeOf(arrangement, extents).map(ranges))
        .map(region => ({ geometry, arrangement, extents, region })),
    );

  it('reads what lies under each tap, or padding, of any region of any windows', () => {
    fc.assert(
      fc.property(cases, ({ geometry, arrangement, extents, region }) => {
        const { N, C, vertical, horizontal } = geometry;
        const [H, W] = [vertical.size, horizontal.size];
        const x = Float32Array.from({ length: N * C * H * W }, (_, i) => i);
        const cells = cellsOf(region);
        const expected = cells.map(cell => {
          const { n = 0, c = 0, oh = 0, ow = 0, fh = 0, fw = 0 } = assignmentAt(arrangement, extents, cell);
          const [h, w] = [inputPosition(vertical, oh, fh), inputPosition(horizontal, ow, fw)];
          const isInside = h >= 0 && h < H && w >= 0 && w < W;
          return isInside ? x[((n * C + c) * H + h) * W + w] : PADDING;
        });
        const to = new Float32Array(cells.length);
        assert.equal(readTaps(x, geometry, arrangement, region, PADDING, to), cells.length);
        assert.deepEqual(Array.from(to), expected);
      }),
      { numRuns: 200 },
    );
  });
});
