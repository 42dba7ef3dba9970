import assert from 'node:assert/strict';
import { Tensor } from '../../../engine';
import { finish } from '../../../engine/kernels';
import { createResultMemory } from '../../../engine/kernels/wasm/resultMemory';
import { assertTensor, random } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';

describe('the memory of results', () => {
  const SHAPE = [64, 64];
  const BYTES = 4 * 64 * 64;

  it('is used again for a tensor of that size once it has been given back', () => {
    const memory = createResultMemory();
    const [first, other] = [memory.take(SHAPE, 'float32'), memory.take(SHAPE, 'float32')];
    assert.notEqual(first.data.buffer, other.data.buffer);
    memory.giveBack(first.reshape([64 * 64]));
    assert.notEqual(memory.take([64, 65], 'float32').data.buffer, first.data.buffer);
    const again = memory.take([32, 64], 'float64');
    assert.equal(again.data.buffer, first.data.buffer);
    assert.deepEqual([again.shape, again.dtype], [[32, 64], 'float64']);
    assert.notEqual(memory.take(SHAPE, 'float32').data.buffer, first.data.buffer);
  });

  it('is given back once, and only if it is from there', () => {
    const memory = createResultMemory();
    const result = memory.take(SHAPE, 'float32');
    const strange = Tensor.zeros(SHAPE, 'float32');
    for (const tensor of [strange, result, result]) memory.giveBack(tensor);
    assert.equal(memory.take(SHAPE, 'float32').data.buffer, result.data.buffer);
    const { buffer } = memory.take(SHAPE, 'float32').data;
    assert.ok(buffer !== result.data.buffer && buffer !== strange.data.buffer);
  });

  it('gives up what has waited longest when more waits than it keeps', () => {
    const memory = createResultMemory(2 * BYTES);
    const results = [1, 2, 3].map(() => memory.take(SHAPE, 'float32'));
    results.forEach(memory.giveBack);
    const taken = [1, 2, 3].map(() => memory.take(SHAPE, 'float32').data.buffer);
    assert.deepEqual(
      results.map(({ data }) => taken.includes(data.buffer)),
      [false, true, true],
    );
  });

  for (const kernels of wasmKernels('exact')) {
    it(`holds none of the earlier numbers in what kernels make: ${kernels.set}`, () => {
      const [x, other] = [random([3, 5000], 1, 'float32'), random([3, 5000], 2, 'float32')];
      const expected = finish(kernels.mapCells('rectify', [x]));
      const { buffer } = expected.data;
      const copy = Tensor.from(expected.numbers(), expected.shape, 'float32');
      kernels.recycle(expected);
      const next = finish(kernels.mapCells('rectify', [other]));
      assert.equal(next.data.buffer, buffer);
      kernels.recycle(next);
      assertTensor(finish(kernels.mapCells('rectify', [x])), copy);
    });
  }
});
