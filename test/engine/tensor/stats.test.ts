import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  CancelledError,
  IndexError,
  statsOf,
  Tensor,
  tensorSource,
  virtualSource,
  type DType,
  type Stats,
  type StatsOptions,
} from '../../../engine';
import { openTensorFile } from '../../../engine/formats';
import { randomNumbers } from '../support/arrays';

function statsOfValues(values: number[], dtype: DType = 'float64', options?: StatsOptions): Promise<Stats> {
  return statsOf(tensorSource('x', Tensor.from(values, [values.length], dtype)), options);
}

describe('statsOf', () => {
  it('describes a handful of numbers', async () => {
    assert.deepEqual(await statsOfValues([0, 1, 2, 3, 4], 'float64', { bins: 2 }), {
      count: 5,
      min: 0,
      max: 4,
      mean: 2,
      std: Math.SQRT2,
      zeros: 1,
      nan: 0,
      posInf: 0,
      negInf: 0,
      histogram: [2, 3],
    });
  });

  it('counts what is not finite and leaves it out of the rest', async () => {
    const stats = await statsOfValues([NaN, Infinity, -Infinity, -Infinity, 1, 3, -0], 'float32', {
      bins: 3,
    });
    assert.deepEqual(stats, {
      count: 7,
      min: -0,
      max: 3,
      mean: 4 / 3,
      std: Math.sqrt((16 / 9 + 1 / 9 + 25 / 9) / 3),
      zeros: 1,
      nan: 1,
      posInf: 1,
      negInf: 2,
      histogram: [1, 1, 1],
    });
  });

  it('finds the same as a plain loop, wherever the values lie that are not finite', async () => {
    const value = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: -9, max: 9 }) },
      fc.constantFrom(NaN, Infinity),
    );
    // Longer than what is looked at together, and by an odd number too.
    const tails = fc.array(value, { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(tails, fc.integer({ min: 4080, max: 4100 }), async (tail, ones) => {
        const values = [-10, ...new Array<number>(ones).fill(1), ...tail, 10];
        const finite = values.filter(Number.isFinite);
        const mean = finite.reduce((sum, x) => sum + x, 0) / finite.length;
        const { histogram, ...found } = await statsOfValues(values, 'float32', { bins: 20 });
        const variance = finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / finite.length;
        assert.ok(Math.abs(found.mean - mean) < 1e-14 && Math.abs(found.std - Math.sqrt(variance)) < 1e-12);
        assert.deepEqual([found.min, found.max, found.zeros], [-10, 10, finite.filter(x => x === 0).length]);
        assert.equal(found.nan + found.posInf, values.length - finite.length);
        const binOf = (x: number): number => Math.min(19, x + 10);
        assert.deepEqual(
          histogram,
          Array.from({ length: 20 }, (_, bin) => finite.filter(x => binOf(x) === bin).length),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('has no range where nothing is finite', async () => {
    for (const values of [[], [NaN, Infinity]]) {
      const stats = await statsOfValues(values);
      assert.equal(stats.count, values.length);
      for (const key of ['min', 'max', 'mean', 'std'] as const) assert.ok(Number.isNaN(stats[key]), key);
      assert.deepEqual(stats.histogram, []);
    }
  });

  it('has one bin where all values are equal', async () => {
    const { min, max, mean, std, histogram } = await statsOfValues([0.1, 0.1, 0.1, NaN]);
    assert.deepEqual(
      { min, max, mean, std, histogram },
      { min: 0.1, max: 0.1, mean: 0.1, std: 0, histogram: [3] },
    );
  });

  it('puts the greatest value into the last bin, and every finite value into some bin', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double(), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        async (values, bins) => {
          const finite = values.filter(Number.isFinite);
          fc.pre(new Set(finite.map(value => value + 0)).size > 1);
          const { histogram, max } = await statsOfValues(values, 'float64', { bins });
          assert.equal(histogram.length, bins);
          assert.equal(
            histogram.reduce((sum, n) => sum + n, 0),
            finite.length,
          );
          assert.equal(max, Math.max(...finite));
          assert.ok(histogram[0] > 0 && histogram[bins - 1] > 0);
        },
      ),
    );
  });

  it('loses nothing when large terms cancel', async () => {
    const { mean } = await statsOfValues([1, 1e100, 1, -1e100]);
    assert.equal(mean, 0.5);
  });

  it('overflows as float64 does', async () => {
    const { mean, min } = await statsOfValues([1.5e308, 1.5e308, 1e308]);
    assert.equal(mean, Infinity);
    assert.equal(min, 1e308);
  });

  it('keeps 64-bit integers up to 2^53 exact and rounds greater ones', async () => {
    const data = BigInt64Array.of(2n ** 53n - 1n, -(2n ** 62n) - 1n, 0n);
    const { min, max, zeros } = await statsOf(tensorSource('x', Tensor.wrap(data, [3], 'int64')));
    assert.deepEqual({ min, max, zeros }, { min: -(2 ** 62), max: 2 ** 53 - 1, zeros: 1 });
  });

  it('describes bools', async () => {
    const { mean, zeros } = await statsOfValues([1, 0, 1, 1], 'bool');
    assert.deepEqual({ mean, zeros }, { mean: 0.75, zeros: 1 });
  });

  it('describes a region only', async () => {
    const source = tensorSource('x', Tensor.arange([3, 4]));
    const region = [
      { start: 2, count: 2, step: -2 },
      { start: 1, count: 2, step: 1 },
    ];
    const { count, min, max, mean } = await statsOf(source, { region });
    assert.deepEqual({ count, min, max, mean }, { count: 4, min: 1, max: 10, mean: 5.5 });
    await assert.rejects(statsOf(source, { region: region.slice(1) }), IndexError);
  });

  it('goes through an array of several blocks, and tells how far it is', async () => {
    const shape = [3, 1 << 18];
    const source = virtualSource('v', 'float64', shape, ([n]) => n);
    const progress: number[] = [];
    const stats = await statsOf(source, { onProgress: fraction => progress.push(fraction), bins: 3 });
    assert.equal(stats.mean, 1);
    assert.equal(stats.std, Math.sqrt(2 / 3));
    assert.deepEqual(stats.histogram, [1 << 18, 1 << 18, 1 << 18]);
    assert.deepEqual(progress, [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
  });

  it('stops between blocks when cancelled', async () => {
    const controller = new AbortController();
    const progress: number[] = [];
    const pending = statsOf(tensorSource('x', Tensor.zeros([1 << 20])), {
      signal: controller.signal,
      onProgress: fraction => {
        progress.push(fraction);
        controller.abort();
      },
    });
    await assert.rejects(pending, CancelledError);
    assert.equal(progress.length, 1);
  });

  it('lets other things happen meanwhile, such as being cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    const slow = virtualSource('v', 'float32', [1 << 24], ([n]) => n % 7);
    await assert.rejects(statsOf(slow, { signal: controller.signal }), CancelledError);
  });

  it('sums float32 as float64 does, whatever the order of magnitude', async () => {
    const random = randomNumbers(9);
    const values = Float32Array.from({ length: 300_000 }, () => 1000 + random());
    const { mean, std } = await statsOf(tensorSource('x', Tensor.wrap(values, [300_000], 'float32')));
    const exact = values.reduce((sum, value) => sum + BigInt(value * 2 ** 14), 0n);
    assert.ok(Math.abs(mean - Number(exact) / 2 ** 14 / 300_000) < 1e-12 * 1000);
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    assert.ok(Math.abs(std - Math.sqrt(squares / 300_000)) < 1e-9);
  });

  it("finds the book's mean of W1", async function () {
    const file = '../shared/data/ch07-params.pkl';
    if (!existsSync(file)) this.skip();
    const { tensors } = await openTensorFile(readFileSync(file), 'ch07-params.pkl');
    const { min, max, mean } = await statsOf(tensors.find(({ name }) => name === 'W1')!);
    assert.equal(min, -0.40902284865545374);
    assert.equal(max, 0.2718078892622391);
    assert.equal(mean, 0.027370011594306846);
  });
});
