import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DTYPES, IndexError, ShapeError, Tensor, wholeRegion } from '../../../engine';
import { indicesIn, shapes } from './arbitraries';

const values = (tensor: Tensor): number[] => Array.from(tensor.numbers());

function refuses(make: () => unknown, kind: typeof ShapeError | typeof IndexError, message: RegExp): void {
  assert.throws(make, (error: unknown) => error instanceof kind && message.test(error.message));
}

describe('Tensor', () => {
  it('copies what it is made from', () => {
    const data = [1, 2, 3, 4];
    const tensor = Tensor.from(data, [2, 2]);
    data[0] = 9;
    assert.equal(tensor.dtype, 'float32');
    assert.deepEqual(tensor.shape, [2, 2]);
    assert.deepEqual(tensor.data, Float32Array.of(1, 2, 3, 4));
  });

  it('wraps data without a copy', () => {
    const data = Int16Array.of(1, 2);
    assert.equal(Tensor.wrap(data, [2], 'int16').data, data);
  });

  it('keeps its shape when the array it was given changes', () => {
    const shape = [2, 1];
    const tensor = Tensor.zeros(shape);
    shape[0] = 7;
    assert.deepEqual(tensor.shape, [2, 1]);
  });

  it('fills', () => {
    assert.deepEqual(values(Tensor.zeros([2])), [0, 0]);
    assert.deepEqual(values(Tensor.full([2], 0.5)), [0.5, 0.5]);
    assert.deepEqual(values(Tensor.arange([2, 2], 'uint64')), [0, 1, 2, 3]);
    assert.deepEqual(values(Tensor.arange([0])), []);
    assert.deepEqual(values(Tensor.full([], 3)), [3]);
  });

  it('refuses data that does not fill the shape', () => {
    refuses(() => Tensor.from([1, 2, 3], [2, 2]), ShapeError, /3 elements.*\(2, 2\), which has 4/);
    refuses(() => Tensor.wrap(new Float32Array(5), [4], 'float32'), ShapeError, /5 elements.*\(4,\)/);
  });

  it('gives the element at an index', () => {
    const tensor = Tensor.arange([2, 3, 4], 'int64');
    assert.equal(tensor.at(1, 2, 3), 23);
    assert.equal(tensor.at(0, 1, 0), 4);
    assert.equal(Tensor.full([], 7).at(), 7);
    refuses(() => tensor.at(2, 0, 0), IndexError, /index 2 .* axis 0/);
    refuses(() => tensor.at(0, 0), IndexError, /2 axes.*has 3/);
  });

  it('converts small whole numbers between all dtypes without loss', () => {
    // There is no zero among the powers of two.
    const dtypes = DTYPES.filter(dtype => dtype !== 'float8_e8m0fnu');
    for (const from of dtypes) {
      for (const to of dtypes)
        assert.deepEqual(values(Tensor.from([0, 1, 1], [3], from).astype(to)), [0, 1, 1]);
    }
  });

  it('is itself when converted to its own dtype', () => {
    const tensor = Tensor.arange([3]);
    assert.equal(tensor.astype('float32'), tensor);
  });

  it('shares its data with another shape', () => {
    const tensor = Tensor.arange([2, 6]);
    const reshaped = tensor.reshape([3, 4]);
    assert.equal(reshaped.data, tensor.data);
    assert.equal(reshaped.at(2, 3), 11);
    refuses(() => tensor.reshape([5, 2]), ShapeError, /reshape: \(2, 6\) has 12 elements, \(5, 2\) needs 10/);
  });

  it('transposes: axis i of the result is axis axes[i]', () => {
    const cases = shapes({ min: 0 }).chain(shape =>
      fc.record({
        shape: fc.constant(shape),
        axes: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ shape, axes }) => {
        const tensor = Tensor.arange(shape, 'int32');
        const transposed = tensor.transpose(axes);
        assert.deepEqual(
          transposed.shape,
          axes.map(axis => shape[axis]),
        );
        for (const index of indicesIn(wholeRegion(transposed.shape))) {
          const before = shape.map((_, axis) => index[axes.indexOf(axis)]);
          assert.equal(transposed.at(...index), tensor.at(...before));
        }
      }),
    );
  });

  it('refuses to transpose by anything but a permutation', () => {
    const tensor = Tensor.zeros([2, 3]);
    for (const axes of [[0], [0, 0], [0, 2], [0, 1, 2], [-1, 0]])
      refuses(() => tensor.transpose(axes), ShapeError, /no permutation of the 2 axes of \(2, 3\)/);
  });
});
