import assert from 'node:assert/strict';
import { sampleLayout, sampleRegion } from '../../../../extension/worker/networks/sampleLayout';

describe("samples of an array that is a network's input", () => {
  const digits = ['N', 1, 28, 28];

  it('are counted by the first axis, or the array is one', () => {
    const many = { samples: 50, sample: [1, 28, 28], batched: true };
    assert.deepEqual(sampleLayout([50, 1, 28, 28], digits), many);
    assert.deepEqual(sampleLayout([50, 28, 28], digits), many);
    assert.deepEqual(sampleLayout([50, 784], digits), many);
    const one = { samples: 1, sample: [1, 28, 28], batched: false };
    for (const shape of [[1, 28, 28], [28, 28], [784]]) assert.deepEqual(sampleLayout(shape, digits), one);
  });

  it('give sizes that the network leaves open', () => {
    const layout = sampleLayout([8, 3, 224, 192], ['N', 3, 'H', 'W']);
    assert.deepEqual(layout, { samples: 8, sample: [3, 224, 192], batched: true });
  });

  it('are not permuted, nor cut', () => {
    assert.equal(sampleLayout([32, 32, 3], ['N', 3, 32, 32]), undefined);
    assert.equal(sampleLayout([5, 27, 28], digits), undefined);
    assert.equal(sampleLayout([], digits), undefined);
  });

  it('are taken from the one that is named on, if there are so many', () => {
    const layout = { samples: 10, batched: true };
    assert.deepEqual(sampleRegion('x', [10, 4], layout, 7, 3)[0], { start: 7, count: 3, step: 1 });
    assert.throws(
      () => sampleRegion('x', [10, 4], layout, 7, 4),
      /samples 7…10 cannot be taken: \(10,4\) has the samples 0…9/,
    );
  });
});
