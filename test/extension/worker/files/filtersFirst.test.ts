import assert from 'node:assert/strict';
import { Tensor, tensorSource } from '../../../../engine';
import { withFiltersFirst } from '../../../../extension/worker/files/filtersFirst';

describe('withFiltersFirst', () => {
  const stored = Tensor.arange([3, 2, 2, 4], 'float32');
  const source = tensorSource('conv/filters', stored);
  const entry = {
    ...source,
    read: (region = source.shape.map(count => ({ start: 0, count, step: 1 }))) => source.read(region),
  };
  const file = { format: 'tfjs', label: 'model.json', isImage: false, tensors: [entry], notes: [] } as const;
  const [filters] = withFiltersFirst(file).tensors;

  it('shows filters of Keras as (FN, C, FH, FW) and remembers how they are stored', () => {
    assert.deepEqual(filters.shape, [4, 2, 3, 2]);
    assert.deepEqual(filters.storedShape, [3, 2, 2, 4]);
  });

  it('reads all of them, and a region, from where they are stored', async () => {
    const whole = await filters.read();
    assert.deepEqual([...whole.data], [...stored.transpose([3, 2, 0, 1]).data]);
    const one = await filters.read([3, 1, 2, 0].map(start => ({ start, count: 1, step: 1 })));
    assert.equal(one.data[0], stored.data[((2 * 2 + 0) * 2 + 1) * 4 + 3]);
  });
});
