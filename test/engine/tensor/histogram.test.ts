import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CancelledError,
  histogramOf,
  IndexError,
  LINEAR,
  scaled,
  statsOf,
  Tensor,
  tensorSource,
  type ArraySource,
  type Scaling,
} from '../../../engine';

const LOG: Scaling = { kind: 'log' };

function sourceOf(values: readonly number[]): ArraySource {
  return tensorSource('x', Tensor.from(values, [values.length], 'float64'));
}

describe('histogramOf', () => {
  it('puts each power of ten into a bin of its own on a logarithm', async () => {
    const values = sourceOf([1, 2, 10, 100, 101, 500, 1000]);
    assert.deepEqual(await histogramOf(values, { scaling: LOG, min: 1, max: 1000 }, { bins: 3 }), {
      ...{ scaling: LOG, min: 1, max: 1000 },
      histogram: [2, 1, 4],
      outside: 0,
    });
  });

  it('counts what has no place apart, and what lies beyond the range at its end', async () => {
    const values = sourceOf([-3, 0, 0.01, 1, 8, 9, NaN, Infinity]);
    const { histogram, outside } = await histogramOf(values, { scaling: LOG, min: 0.1, max: 8 }, { bins: 2 });
    assert.deepEqual([histogram, outside], [[1, 3], 2]);
  });

  it('has one bin where the range is one value, and none where a scaling overflows', async () => {
    const one = await histogramOf(sourceOf([5, 5, 6]), { scaling: LOG, min: 5, max: 5 });
    assert.deepEqual([one.histogram, one.outside], [[3], 0]);
    const tiny: Scaling = { kind: 'symlog', threshold: Number.MIN_VALUE };
    const none = await histogramOf(sourceOf([-1, 1e300]), { scaling: tiny, min: -1, max: 1e300 });
    assert.deepEqual([none.histogram, none.outside], [[], 2]);
  });

  it('agrees with the statistics along a line, and with a plain count along any scaling', async () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 2,
      maxLength: 50,
    });
    await fc.assert(
      fc.asyncProperty(numbers, fc.double({ min: 1e-3, max: 10, noNaN: true }), async (values, threshold) => {
        const source = sourceOf(values);
        const { min, max, histogram: expected } = await statsOf(source);
        fc.pre(max - min > 1e-9);
        const { histogram } = await histogramOf(source, { scaling: LINEAR, min, max });
        assert.equal(
          histogram.reduce((sum, count) => sum + count, 0),
          expected.reduce((sum, count) => sum + count, 0),
        );
        const scaling: Scaling = { kind: 'symlog', threshold };
        const [from, to] = [scaled(scaling, min), scaled(scaling, max)];
        const plain = new Array<number>(8).fill(0);
        for (const value of values)
          plain[Math.min(7, Math.floor((8 * (scaled(scaling, value) - from)) / (to - from)))]++;
        const along = await histogramOf(source, { scaling, min, max }, { bins: 8 });
        const shifted = along.histogram.reduce((sum, count, bin) => sum + Math.abs(count - plain[bin]), 0);
        assert.ok(shifted <= 2, `${along.histogram.join()} is not ${plain.join()}`); // one value on an edge
      }),
    );
  });

  it('counts a region only, and refuses one outside of the array', async () => {
    const range = { scaling: LINEAR, min: 0, max: 9 };
    const region = [{ start: 1, count: 2, step: 2 }];
    const { histogram } = await histogramOf(sourceOf([0, 1, 0, 9]), range, { region, bins: 3 });
    assert.deepEqual(histogram, [1, 0, 1]);
    const beyond = [{ start: 3, count: 2, step: 1 }];
    await assert.rejects(histogramOf(sourceOf([1]), range, { region: beyond }), IndexError);
  });

  it('can be cancelled', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(
      histogramOf(sourceOf([1, 2]), { scaling: LINEAR, min: 1, max: 2 }, { signal }),
      CancelledError,
    );
  });
});
