import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatTensor, Tensor, type DType } from '../../../engine';

interface NumpyText {
  name: string;
  dtype: DType;
  shape: number[];
  data: (number | string)[];
  str: string;
  repr: string;
}

const cases = JSON.parse(readFileSync('test/fixtures/numpy_text.json', 'utf8')) as NumpyText[];

function tensorOf({ dtype, shape, data }: NumpyText): Tensor {
  if (dtype === 'int64') return Tensor.wrap(BigInt64Array.from(data, BigInt), shape, dtype);
  if (dtype === 'uint64') return Tensor.wrap(BigUint64Array.from(data, BigInt), shape, dtype);
  return Tensor.from(
    data.map(value => Number(String(value).replace('inf', 'Infinity'))),
    shape,
    dtype,
  );
}

describe('formatTensor', () => {
  describe('prints as NumPy', () => {
    for (const expected of cases) {
      it(expected.name, () => {
        const tensor = tensorOf(expected);
        assert.equal(formatTensor(tensor), expected.str);
        assert.equal(formatTensor(tensor, { style: 'repr' }), expected.repr);
      });
    }
  });

  it('shows every element where the threshold allows it', () => {
    const text = formatTensor(Tensor.arange([1200], 'int32'), { threshold: Infinity });
    assert.deepEqual(
      text.slice(1, -1).trim().split(/\s+/).map(Number),
      Array.from({ length: 1200 }, (_, i) => i),
    );
  });

  it('summarises as soon as the threshold is passed', () => {
    assert.equal(formatTensor(Tensor.arange([8], 'int8'), { threshold: 7 }), '[0 1 2 ... 5 6 7]');
    assert.equal(formatTensor(Tensor.arange([8], 'int8'), { threshold: 8 }), '[0 1 2 3 4 5 6 7]');
  });

  it('prints bfloat16 with the digits that tell its numbers apart', () => {
    const tensor = Tensor.from([0.1, 1 / 3, 3.140625, 1], [4], 'bfloat16');
    assert.equal(formatTensor(tensor), '[0.1   0.334 3.14  1.   ]');
    assert.equal(
      formatTensor(tensor, { style: 'repr' }),
      'array([0.1  , 0.334, 3.14 , 1.   ], dtype=bfloat16)',
    );
  });
});
