import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { CancelledError, UnsupportedError } from '../../../engine/errors';
import { openTensorFile, type TensorFile } from '../../../engine/formats';
import { Tensor } from '../../../engine/tensor';
import { bytes, counting, headAndZeros } from './support/sources';

const BOOK_PARAMS = '../shared/data/ch07-params.pkl';

function open(...parts: Parameters<typeof bytes>): Promise<TensorFile> {
  return openTensorFile(bytes(...parts), 'x.pkl');
}

const uint32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

/** Opcodes that push `ndarray(shape, dtype, <bytes>)`, up to and without the bytes. */
const NDARRAY = (shape: string, code: string) => `cnumpy\nndarray\n(${shape}cnumpy\ndtype\n(U\x02${code}tR`;

describe('pickle', () => {
  it("reads the book's trained parameters", async function () {
    if (!existsSync(BOOK_PARAMS)) {
      console.log(`      skipped: ${BOOK_PARAMS} is not here`);
      this.skip();
    }
    const { tensors } = await openTensorFile(readFileSync(BOOK_PARAMS), 'params.pkl');
    assert.deepEqual(tensors.map(({ name, dtype, shape }) => [name, dtype, shape.join()]).sort(), [
      ['W1', 'float64', '30,1,5,5'],
      ['W2', 'float64', '4320,100'],
      ['W3', 'float64', '100,10'],
      ['b1', 'float64', '30'],
      ['b2', 'float64', '100'],
      ['b3', 'float64', '10'],
    ]);
    const values = (await tensors.find(({ name }) => name === 'W1')!.read()).numbers();
    assert.equal(Math.min(...values), -0.40902284865545374);
    assert.equal(Math.max(...values), 0.2718078892622391);
  });

  it('reads what NumPy 2.4 writes in protocol 5, transposed arrays too', async () => {
    // pickle.dumps({'K': arange(24, dtype=int8).reshape(2, 3, 4).transpose(1, 2, 0), 'F': asfortranarray(…(2, 3))}, 5)
    const file = Buffer.from(
      'gAWV7QAAAAAAAAB9lCiMAUuUjBNudW1weS5fY29yZS5udW1lcmljlIwLX2Zyb21idWZmZXKUk5QolhgAAAAAAAAAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXlIwFbnVtcHmUjAVkdHlwZZSTlIwCaTGUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LAHSUYksCSwNLBIeUaAFLAUsCSwCHlHSUUpSMAUaUaAQolgwAAAAAAAAAAAADAAEABAACAAUAlGgIjAJpMpSJiIeUUpQoSwOMATyUTk5OSv////9K/////0sAdJRiSwJLA4aUaBJ0lFKUdS4=',
      'base64',
    );
    const { tensors } = await openTensorFile(file, 'x.pkl');
    assert.deepEqual(await tensors[0].read(), Tensor.arange([2, 3, 4], 'int8').transpose([1, 2, 0]));
    assert.deepEqual(await tensors[1].read(), Tensor.arange([2, 3], 'int16'));
  });

  it('reads no data before it is asked for', async () => {
    const size = 200_000_000;
    const start = bytes('\x80\x04', NDARRAY('(J\x80\xf0\xfa\x02t', 'f4'), 'B', uint32(size));
    const source = counting(headAndZeros(start, start.length + size, bytes('tR.')));
    const [entry] = (await openTensorFile(source, 'x.pkl')).tensors;
    assert.deepEqual(entry.shape, [50_000_000]);
    assert.ok(source.bytesRead < 200_000, `${source.bytesRead} bytes read`);
    await entry.read([{ start: 49_999_999, count: 1, step: 1 }]);
    assert.ok(source.bytesRead < 200_000, `${source.bytesRead} bytes read`);
  });

  it('cannot reach JavaScript objects through names', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype.toString', 'hasOwnProperty']) {
      await assert.rejects(open(`cnumpy\n${name}\n.`), { message: /refuses numpy\./ });
      await assert.rejects(open(`c${name}\nx\n.`), { message: /refuses/ });
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('names what it refuses, and says that nothing was run', async () => {
    await assert.rejects(open("cposix\nsystem\n(S'echo'\ntR."), {
      message:
        'pickle: refuses posix.system: loading this file in Python would run it; nothing was run. Only NumPy arrays in dicts, lists and tuples are read (at byte 0)',
    });
  });

  it('refuses a call of what is not a name, and of arguments that are no tuple', async () => {
    await assert.rejects(open('K\x01)R.'), {
      message: /a call of something that is not a name \(at byte 3\)/,
    });
    await assert.rejects(open('c__builtin__\nlist\nK\x01R.'), { message: /arguments are not a tuple/ });
  });

  it('refuses to copy a list so often that it takes too long', async () => {
    const list = bytes('](', ...Array<string>(1000).fill('K\x01'), 'eq\x00');
    const copies = Array<string>(20_000).fill('c__builtin__\nlist\n(h\x00tR0').join('');
    await assert.rejects(open(list, copies, '.'), { message: /over 10000000 steps/ });
  });

  it('refuses a stack without end', () =>
    assert.rejects(open('N'.repeat(1_000_002)), { message: /over 1000000 values on the stack/ }));

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const opening = openTensorFile(bytes('N0'.repeat(500_000), '.'), 'x.pkl', controller.signal);
    controller.abort();
    await assert.rejects(opening, CancelledError);
  });

  it('says where the data is if it is not in the file', () =>
    assert.rejects(open('\x80\x02', 'X', uint32(1), 'aQ.'), (error: unknown) => {
      assert.ok(error instanceof UnsupportedError);
      assert.match(error.message, /PyTorch/);
      return true;
    }));

  it('reads texts with escapes as Python does', async () => {
    const key = String.raw`S'a\x41\101\n\'b'` + '\n';
    const unicode = String.raw`V\u00e4\U0001f600\\u0041` + '\n';
    const array = `${NDARRAY('(K\x01t', 'i1')}C\x01\x05tR`;
    const { tensors } = await open('(', key, array, unicode, array, 'd.');
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ["aAA\n'b", 'ä😀\\\\u0041'],
    );
  });

  it('notes bytes after the pickle', async () => {
    const { notes } = await open(`${NDARRAY('(K\x01t', 'i1')}C\x01\x05tR.more`);
    assert.deepEqual(notes, [{ name: '', reason: '4 bytes after the pickle are not read' }]);
  });

  it('says what a file without arrays holds', () =>
    assert.rejects(open('}(U\x02lrG', new Uint8Array(8), 'U\x01xNu.'), {
      message:
        'pickle: holds no array that can be read: lr: is a single number, not an array; x: is None, not an array',
    }));
});
