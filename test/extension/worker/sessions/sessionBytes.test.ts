import assert from 'node:assert/strict';
import { sizeOf, Tensor, tensorSource, type Region } from '../../../../engine';
import { elementBytes, elementRegions } from '../../../../extension/worker/sessions/sessionBytes';

describe('bytes of an array', () => {
  const signal = new AbortController().signal;
  const source = tensorSource('a', Tensor.arange([3, 4, 5], 'int16'));

  it('are read by at most two regions an axis, in order', () => {
    const count = (region: Region) => sizeOf(region.map(range => range.count));
    for (let start = 0; start <= 60; start++) {
      for (let end = start; end <= 60; end++) {
        const regions = elementRegions([3, 4, 5], start, end);
        assert.ok(regions.length <= 5);
        assert.equal(
          regions.reduce((sum, region) => sum + count(region), 0),
          end - start,
        );
      }
    }
  });

  it('begin and end anywhere, also inside an element, and not beyond the array', async () => {
    const whole = new Uint8Array(Int16Array.from({ length: 60 }, (_, i) => i).buffer);
    for (const [offset, count] of [
      [0, 120],
      [7, 30],
      [39, 3],
      [110, 50],
      [200, 8],
      [-5, 0],
    ]) {
      const { bytes, size } = await elementBytes(source, offset, count, signal);
      assert.equal(size, 120);
      assert.deepEqual(new Uint8Array(bytes), whole.slice(Math.max(offset, 0), Math.max(offset, 0) + count));
    }
  });
});
