import assert from 'node:assert/strict';
import { Tensor, tensorSource, wholeRegion } from '../../../../engine';
import { readTold } from '../../../../extension/worker/arrays/readTold';

describe('readTold', () => {
  const { signal } = new AbortController();
  const large = Tensor.arange([1500, 1000], 'float64');

  it('reads what is asked for, and tells how far it is', async () => {
    const told: number[] = [];
    const region = [
      { start: 1499, count: 1500, step: -1 },
      { start: 0, count: 1000, step: 1 },
    ];
    const source = tensorSource('x', large);
    const read = await readTold(source, region, signal, fraction => told.push(fraction));
    assert.deepEqual(read.shape, [1500, 1000]);
    assert.ok(
      read.numbers().every((value, i) => value === (1499 - Math.floor(i / 1000)) * 1000 + (i % 1000)),
    );
    assert.ok(told.length > 3 && told.at(-1) === 1);
    assert.deepEqual(told, told.toSorted());
  });

  it('tells nothing of what is small', async () => {
    const source = tensorSource('x', Tensor.arange([3], 'int64'));
    const read = await readTold(source, wholeRegion([3]), signal, () => assert.fail('it told'));
    assert.deepEqual([...read.data], [0n, 1n, 2n]);
  });
});
