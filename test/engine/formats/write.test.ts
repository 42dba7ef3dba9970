import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from 'fast-png';
import {
  openTensorFile,
  writeNpz,
  writePng,
  writeSafetensors,
  writeTable,
  type TensorFile,
} from '../../../engine/formats';
import { allocate, DTYPES, isFloat, Tensor, type DType } from '../../../engine/tensor';
import { safetensorsHead } from './support/safetensors';
import { bytes } from './support/sources';

/** A tensor of any dtype with values that the dtype has. */
function sampleOf(dtype: DType): Tensor {
  const values = isFloat(dtype) ? [0.5, 1, 2, NaN, 4, 0.25] : [0, 1, 1, 0, 1, 0];
  return Tensor.from(values, [2, 3], dtype);
}

async function tensorsOf(file: TensorFile): Promise<Map<string, Tensor>> {
  return new Map(
    await Promise.all(file.tensors.map(async entry => [entry.name, await entry.read()] as const)),
  );
}

const hostile = ['__proto__', 'constructor', '10', '2', 'a"b\\c\n', '重み', 'x/y'];

describe('writeNpz', () => {
  it('is read back by name', async () => {
    const tensors = new Map(
      [...DTYPES.slice(7), 'float16' as const].map(dtype => [dtype as string, sampleOf(dtype)]),
    );
    for (const name of hostile) tensors.set(name.replace('\\', ''), Tensor.arange([0, 2]));
    assert.deepEqual(await tensorsOf(await openTensorFile(await writeNpz(tensors), 'x.npz')), tensors);
  });

  it('writes no name that is a path out of the folder', async () => {
    const names = ['../evil', '/etc/passwd', 'a/../b', 'a\\..\\b', '..', '.', '', 'a//b', 'a/_/b'];
    const file = await writeNpz(new Map(names.map(name => [name, Tensor.arange([1])])));
    const written = (await openTensorFile(file, 'x.npz')).tensors.map(({ name }) => name);
    assert.deepEqual(written, [
      '_/evil',
      '_/etc/passwd',
      'a/_/b',
      'a_.._b',
      '_',
      '_ (2)',
      '_ (3)',
      'a/_/b (2)',
      'a/_/b (3)',
    ]);
  });
});

describe('writeSafetensors', () => {
  it('keeps every dtype', async () => {
    const tensors = new Map(DTYPES.map(dtype => [dtype as string, sampleOf(dtype)]));
    const file = await openTensorFile(writeSafetensors(tensors), 'x.safetensors');
    const read = await tensorsOf(file);
    assert.deepEqual(new Map([...read].sort()), new Map([...tensors].sort()));
  });

  it('keeps all values of the 8-bit floats, and names of any kind', async () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    const header = { x: { dtype: 'F8_E5M2', shape: [256], data_offsets: [0, 256] } };
    const [entry] = (await openTensorFile(bytes(safetensorsHead(header), codes), 'x.safetensors')).tensors;
    const all = await entry.read();
    const tensors = new Map(hostile.map(name => [name, all]));
    const read = await tensorsOf(await openTensorFile(writeSafetensors(tensors), 'x.safetensors'));
    assert.deepEqual([...read.keys()].sort(), [...hostile].sort());
    for (const tensor of read.values()) assert.deepEqual(tensor, all);
  });

  it('writes the same bytes as the reference implementation: the most aligned dtypes first, then by name', () => {
    const tensors = new Map([
      ['b', Tensor.from([1], [1], 'uint8')],
      ['d', Tensor.from([2], [], 'float32')],
      ['c', Tensor.from([3], [1], 'float32')],
      ['a', Tensor.from([4], [1], 'int64')],
    ]);
    const header =
      '{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},' +
      '"d":{"dtype":"F32","shape":[],"data_offsets":[12,16]},"b":{"dtype":"U8","shape":[1],"data_offsets":[16,17]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    const data = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x40, 0, 0, 0, 0x40, 1];
    assert.deepEqual(writeSafetensors(tensors), bytes(padded.length, 0, 0, 0, 0, 0, 0, 0, padded, ...data));
  });

  it('refuses the one name that is none', () => {
    assert.throws(() => writeSafetensors(new Map([['__metadata__', Tensor.arange([1])]])), {
      message: /under another/,
    });
  });
});

describe('writeTable', () => {
  it('writes rows with all digits', () => {
    const tensor = Tensor.from([0.1, -2, NaN, Infinity, 1e-20, 3], [2, 3], 'float32');
    assert.equal(writeTable(tensor, ','), '0.1,-2.0,nan\ninf,1e-20,3.0\n');
    assert.equal(writeTable(Tensor.from([1, 0], [1, 2], 'bool'), '\t'), '1\t0\n');
    const large = Tensor.wrap(BigInt64Array.of(2n ** 62n + 1n), [1], 'int64');
    assert.equal(writeTable(large, ','), '4611686018427387905\n');
  });

  it('writes one axis as a column, a number as a cell, and planes below each other', () => {
    assert.equal(writeTable(Tensor.arange([3], 'uint8'), ','), '0\n1\n2\n');
    assert.equal(writeTable(Tensor.from([5], [], 'int8'), ','), '5\n');
    assert.equal(writeTable(Tensor.arange([2, 1, 2], 'int8'), ','), '# shape (2,1,2)\n0,1\n2,3\n');
    assert.equal(writeTable(Tensor.arange([0, 2]), ','), '');
  });

  it('is read back to the last bit', async () => {
    const rows = fc.array(fc.tuple(fc.double(), fc.double()), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', '\t'), async (rows, separator) => {
        const tensor = Tensor.from(rows.flat(), [rows.length, 2], 'float64');
        const text = new TextEncoder().encode(writeTable(tensor, separator));
        const [entry] = (await openTensorFile(text, 'x.csv')).tensors;
        assert.deepEqual(await entry.read(), tensor);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('writePng', () => {
  const greysOf = (tensor: Tensor, depth: 8 | 16) => [...decode(writePng(tensor, depth)).data];

  it('keeps whole numbers that fit', async () => {
    assert.deepEqual(greysOf(Tensor.from([0, 7, 255, 128], [2, 2], 'uint8'), 8), [0, 7, 255, 128]);
    assert.deepEqual(greysOf(Tensor.from([0, 65535], [1, 2], 'int64'), 16), [0, 65535]);
    const [entry] = (await openTensorFile(writePng(Tensor.arange([2, 3], 'uint16'), 16), 'x.png')).tensors;
    assert.deepEqual(await entry.read(), Tensor.arange([1, 1, 2, 3], 'uint16'));
  });

  it('maps other numbers from the least to the greatest', () => {
    assert.deepEqual(greysOf(Tensor.from([-1, 0, 1], [1, 3]), 8), [0, 128, 255]);
    assert.deepEqual(greysOf(Tensor.from([0, 256], [1, 2], 'int16'), 8), [0, 255]);
    assert.deepEqual(greysOf(Tensor.from([-5, 5], [2, 1], 'int8'), 16), [0, 65535]);
    assert.deepEqual(greysOf(Tensor.from([NaN, -Infinity, Infinity, 1, 3], [1, 5]), 8), [0, 0, 255, 0, 255]);
    assert.deepEqual(greysOf(Tensor.from([4, 4], [1, 2]), 8), [0, 0]);
  });

  it('takes axes of one position for none, and refuses more than two others', () => {
    assert.equal(decode(writePng(Tensor.arange([1, 1, 1, 4]), 8)).width, 4);
    assert.equal(decode(writePng(Tensor.arange([3, 1, 4]), 8)).height, 3);
    for (const shape of [[2, 3, 4], [4], []]) {
      assert.throws(() => writePng(Tensor.arange(shape), 8), { message: /choose a slice with two axes/ });
    }
    assert.throws(() => writePng(Tensor.wrap(allocate('uint8', 0), [0, 3], 'uint8'), 8), {
      message: /empty/,
    });
  });
});
