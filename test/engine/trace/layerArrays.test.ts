import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  Convolution,
  inputPosition,
  Pooling,
  rangeOf,
  readTensor,
  traceLayer,
  wholeRegion,
  type Trace,
} from '../../../engine';
import { random, readAll } from '../support/arrays';
import { regionsOf } from '../tensor/arbitraries';

/** A convolution and a pooling with padding, stride, dilation and groups. */
function layers(): Promise<Trace> {
  return traceLayer({
    x: random([2, 4, 6, 5], 1, 'float32'),
    convolution: new Convolution(random([6, 2, 3, 2], 2, 'float32'), random([6], 3, 'float32'), {
      stride: [2, 1],
      pad: [1, 2, 0, 1],
      dilation: [1, 2],
      groups: 2,
    }),
    pooling: new Pooling({ kind: 'max', size: 2, stride: 2, pad: [1, 0] }),
    dout: shape => random(shape, 4, 'float32'),
  });
}

describe('arrays of a layer', () => {
  for (const name of ['col', 'col.columns', 'col.axes', 'pool.col', 'pool.windows']) {
    it(`reads every region of ${name} as it lies in the whole`, async () => {
      const trace = await layers();
      const whole = await readAll(trace, name);
      const read = trace.arrays.get(name)?.source.read;
      assert.ok(read);
      await fc.assert(
        fc.asyncProperty(regionsOf(whole.shape), async region => {
          assert.deepEqual(await read(region), readTensor(whole, region));
        }),
        { numRuns: 40 },
      );
    });
  }

  it('takes from another array only what is the same elements', async () => {
    const trace = await layers();
    const sorted = (values: ArrayLike<number>): number[] => Array.from(values).sort((a, b) => a - b);
    const checked: string[] = [];
    for (const [name, { source }] of trace.arrays) {
      const { sameElements } = source;
      if (!sameElements) continue;
      const other = await sameElements.read(wholeRegion(sameElements.shape));
      const own = await readAll(trace, name);
      assert.deepEqual(sorted(own.numbers()), sorted(other.numbers()), name);
      assert.equal((await rangeOf(source)).max, Math.max(...own.numbers()), name);
      checked.push(name);
    }
    assert.deepEqual(checked.sort(), ['colW', 'dcolW', 'doutRows', 'nhwc', 'pool.max', 'pool.nhwc', 'sum']);
  });

  it('counts the taps that have landed on a pixel', async () => {
    const trace = await layers();
    const [{ geometry }] = trace.layers;
    const { vertical, horizontal } = geometry;
    const overlap = await readAll(trace, 'overlap');
    const counted = new Int32Array(overlap.size);
    const [taps, height, width] = overlap.shape;
    for (let after = 0; after < taps; after++)
      for (let tap = 0; tap <= after; tap++)
        for (let oh = 0; oh < vertical.out; oh++)
          for (let ow = 0; ow < horizontal.out; ow++) {
            const h = inputPosition(vertical, oh, Math.floor(tap / horizontal.window)) + vertical.before;
            const w = inputPosition(horizontal, ow, tap % horizontal.window) + horizontal.before;
            counted[(after * height + h) * width + w]++;
          }
    assert.deepEqual(overlap.data, counted);
  });
});
