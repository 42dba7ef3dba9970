import assert from 'node:assert/strict';
import { statsOf, Tensor, tensorSource, useValueLoops, type Stats } from '../../../engine';
import { createValueLoops } from '../../../engine/kernels';
import { moduleOf } from './support/kernelSets';

const uneven = (length: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => (i % 7 === 0 ? 0 : Math.sin(i) * 10 ** (i % 5)));

function withValues(length: number, values: Readonly<Record<number, number>>): Float32Array<ArrayBuffer> {
  const all = uneven(length);
  for (const [at, value] of Object.entries(values)) all[Number(at)] = value;
  return all;
}

describe('loops over values in WebAssembly', () => {
  afterEach(() => useValueLoops(undefined));

  const cases: Record<string, Float32Array<ArrayBuffer>> = {
    'no value': uneven(0),
    'fewer than a vector': uneven(3),
    'several chunks and a rest': uneven(3 * 2 ** 18 + 5),
    'some that are not finite': withValues(100_003, { 5: NaN, 70_000: Infinity, 100_002: -Infinity }),
    'the largest': withValues(40, { 7: 3.4028234663852886e38, 8: -3.4028234663852886e38 }),
    'all the same': new Float32Array(1000).fill(-0.5),
  };
  for (const [name, values] of Object.entries(cases)) {
    for (const bins of [32, 64]) {
      it(`find what those of JavaScript find: ${name}, ${bins} bins`, async () => {
        const source = tensorSource('x', Tensor.wrap(values, [values.length], 'float32'));
        const { mean, std, ...expected } = await statsOf(source, { bins });
        useValueLoops(createValueLoops(moduleOf('values')));
        const found: Stats = await statsOf(source, { bins });
        assert.deepEqual({ ...found, mean: 0, std: 0 }, { ...expected, mean: 0, std: 0 });
        assert.ok(isNear(found.mean, mean) && isNear(found.std, std), `${found.mean} ${found.std}`);
      });
    }
  }
});

function isNear(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), 1);
}
