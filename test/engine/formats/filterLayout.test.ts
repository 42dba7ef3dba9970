import assert from 'node:assert/strict';
import { filterAxes } from '../../../engine';

describe('filterAxes', () => {
  const axesOf = (name: string, shape: number[], format: Parameters<typeof filterAxes>[1]) =>
    filterAxes({ name, shape }, format);

  it('turns the filters of Keras and TensorFlow.js to (FN, C, FH, FW)', () => {
    assert.deepEqual(axesOf('conv2d.kernel', [3, 3, 3, 16], 'keras'), [3, 2, 0, 1]);
    assert.deepEqual(axesOf('conv2d.kernel:0', [3, 3, 3, 3], 'hdf5'), [3, 2, 0, 1]);
    assert.deepEqual(axesOf('conv0/filters', [3, 3, 3, 16], 'tfjs'), [3, 2, 0, 1]);
  });

  it('gives every channel of a depthwise layer a filter of its own', () => {
    assert.deepEqual(axesOf('depthwise_kernel', [3, 3, 32, 1], 'keras'), [2, 3, 0, 1]);
  });

  it('leaves what other libraries store, and what is no filter', () => {
    assert.equal(axesOf('conv.weight', [3, 3, 3, 3], 'torch'), undefined);
    assert.equal(axesOf('x', [5, 5, 3, 8], 'hdf5'), undefined);
    assert.equal(axesOf('dense/kernel', [100, 10], 'tfjs'), undefined);
    assert.equal(axesOf('images', [100, 28, 28, 1], 'tfjs'), undefined);
  });
});
