import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FormatError } from '../../../engine/errors';
import { openTensorFile, writeNpy } from '../../../engine/formats';
import { typeString } from '../../../engine/formats/numpy/dtype';
import { parsePythonLiteral } from '../../../engine/formats/numpy/literal';
import { DTYPES, Tensor, type DType } from '../../../engine/tensor';
import { bytes, counting, headAndZeros } from './support/sources';

/** A .npy file, version 1.0, with this text as its header. */
function npyWithHeader(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  return bytes(0x93, 'NUMPY', 1, 0, header.length & 0xff, header.length >> 8, header, data);
}

/** The header of a float32 array of that shape, a Python tuple. */
function float32Header(shape: string): string {
  return `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }\n`;
}

describe('npy', () => {
  for (const dtype of DTYPES.filter(name => typeString(name))) {
    it(`reads the ${dtype} it writes`, async () => {
      const tensor = Tensor.from([0, 1, 1, 0, 1, 0], [2, 3], dtype);
      const [entry] = (await openTensorFile(writeNpy(tensor), 'folder/x.npy')).tensors;
      assert.equal(entry.name, 'x');
      assert.deepEqual(await entry.read(), tensor);
    });
  }

  for (const dtype of DTYPES.filter(name => !typeString(name))) {
    it(`writes ${dtype} as float32, which holds all its values`, async () => {
      const tensor = Tensor.from([1.5, -3, 2 ** -100], [3], dtype);
      const [entry] = (await openTensorFile(writeNpy(tensor), 'x.npy')).tensors;
      assert.deepEqual(await entry.read(), tensor.astype('float32'));
    });
  }

  it('writes what numpy.save writes', () => {
    const expected = npyWithHeader(
      float32Header('(2,)').trim().padEnd(117) + '\n',
      bytes(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40),
    );
    assert.deepEqual(writeNpy(Tensor.from([1, 2], [2])), expected);
  });

  it('starts the data at a multiple of 64 bytes, whatever the length of the shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), async shape => {
        const tensor = Tensor.arange(shape, 'float64' satisfies DType);
        const file = writeNpy(tensor);
        assert.equal((file.length - 8 * tensor.size) % 64, 0);
        assert.deepEqual(await (await openTensorFile(file, 'x.npy')).tensors[0].read(), tensor);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('reads only the header of a 3 GB file, and of its data only what is asked for', async () => {
    const head = npyWithHeader(float32Header('(1000, 900, 900)'));
    const source = counting(headAndZeros(head, head.length + 4 * 1000 * 900 * 900));
    const [entry] = (await openTensorFile(source, 'big.npy')).tensors;
    assert.deepEqual(entry.shape, [1000, 900, 900]);
    assert.ok(source.bytesRead < 1000, `${source.bytesRead} bytes read`);
    const cell = await entry.read([999, 899, 899].map(start => ({ start, count: 1, step: 1 })));
    assert.deepEqual(cell.shape, [1, 1, 1]);
    assert.ok(source.bytesRead < 1000, `${source.bytesRead} bytes read`);
  });

  it('notes bytes after the array', async () => {
    const { notes } = await openTensorFile(bytes(writeNpy(Tensor.arange([2])), 'more'), 'x.npy');
    assert.deepEqual(notes, [{ name: '', reason: '4 bytes after the array are not read' }]);
  });

  for (const [what, header, message] of [
    [
      'a header that calls something',
      "{'descr': __import__('os')}",
      /not a Python literal: expected a value at character 9/,
    ],
    ['a header with another key', `${float32Header('()').slice(0, -4)}, 'x': 1}`, /must be a dict of descr/],
    ['a shape that is not a tuple', float32Header('3'), /not a tuple of whole numbers/],
    ['brackets without end', '['.repeat(1000), /at most 16 levels of brackets/],
    [
      'a header over 10,000 bytes',
      float32Header('()').padEnd(10_001),
      /claims 10001 bytes, over 10000 are refused/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => assert.rejects(openTensorFile(npyWithHeader(header), 'x.npy'), { message }));
  }
});

describe('parsePythonLiteral', () => {
  it('parses what can stand in a header', () => {
    const text = `{"a": (1, -2L,), 'b\\'c': [True, None, (3)], 'd': ()}`;
    const expected = new Map<unknown, unknown>([
      ['a', [1, -2]],
      ["b'c", [true, null, 3]],
      ['d', []],
    ]);
    assert.deepEqual(parsePythonLiteral(text), expected);
  });

  for (const text of ['', '1 2', '(1', '[1,,2]', "'open", '1.5', 'abc', '{1}', '1 + 1', '{1: 2 3: 4}']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parsePythonLiteral(text), FormatError));
  }
});
