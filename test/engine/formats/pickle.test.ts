import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { CancelledError, UnsupportedError } from '../../../engine/errors';
import { openTensorFile, type Metadata, type TensorFile } from '../../../engine/formats';
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
      const file = await open(
        `c${name}\n${name}\n(K\x01t\x81}U\x09__proto__`,
        NDARRAY('(K\x01t', 'i1'),
        'C\x01\x05tRsb.',
      );
      assert.deepEqual(
        file.tensors.map(tensor => tensor.name),
        ['__proto__'],
      );
      assert.deepEqual(file.metadata, [
        { name: 'x', value: `${name}.${name}`, children: [{ name: '0', value: '1' }] },
      ]);
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('shows what Python would run as text, and says so', async () => {
    const file = await open("cposix\nsystem\n(S'echo'\ntR.");
    assert.deepEqual(file.metadata, [{ name: 'x', value: 'posix.system("echo")' }]);
    assert.deepEqual(file.notes, [
      { name: '', reason: 'names posix.system, which Python would import and run; nothing is run here' },
    ]);
  });

  it('records what is done with the result of an unknown call', async () => {
    // getattr(__import__('os'), 'system')('echo'), items appended to it, attributes set on it
    const call = "c__builtin__\ngetattr\n(c__builtin__\n__import__\n(S'os'\ntRS'system'\ntR(S'echo'\ntR";
    const array = `${NDARRAY('(K\x01t', 'i1')}C\x01\x05tR`;
    const { tensors, notes } = await open(call, '(', array, 'e', '(U\x01k', array, 'u}(U\x01a', array, 'ub.');
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['2', 'k', 'a'],
    );
    assert.match(notes[0].reason, /__builtin__\.getattr, __builtin__\.__import__/);
  });

  it('lists the arrays of an object whose class it does not know, and its attributes as an outline', async () => {
    const array = `${NDARRAY('(K\x01t', 'i1')}C\x01\x05tR`;
    const file = await open(
      'cnet\nNet\n(',
      array,
      't\x81}(U\x01W',
      array,
      'U\x02lrG',
      bytes(0x3f, 0xe0, 0, 0, 0, 0, 0, 0),
      'ub.',
    );
    assert.deepEqual(
      file.tensors.map(({ name }) => name),
      ['0', 'W'],
    );
    assert.deepEqual(file.metadata, [
      { name: 'x', value: 'net.Net', children: [{ name: 'lr', value: '0.5' }] },
    ]);
  });

  it('keeps the outline of lists in lists small, whether they hold arrays or numbers', async () => {
    for (const bottom of ['(K\x01K\x02l', `(${NDARRAY('(K\x01t', 'i1')}C\x01\x05tRl`, ']']) {
      const file = await open(bottom, ...Array<string>(60).fill('q\x00(h\x00h\x00l'), '.');
      let nodes = 0;
      const count = (tree: readonly Metadata[]): void => {
        for (const { children = [] } of tree) {
          nodes++;
          count(children);
        }
      };
      count(file.metadata ?? []);
      assert.ok(nodes <= 2100, `${nodes} nodes`);
      assert.ok(file.notes.length <= 110, `${file.notes.length} notes`);
      assert.ok(file.tensors.length <= 1000, `${file.tensors.length} arrays`);
    }
  });

  it('looks at a bounded number of values, even where modules share their parts', async () => {
    // 3,000 modules, each with the same 3,000 numbers as its parts: 9,000,000 to look at.
    const numbers = Array.from({ length: 3000 }, (_, i) => `I${i}\nN`).join('');
    const module = 'cnet\nNet\n)\x81}U\x08_modulesh\x00sb';
    const file = await open('(d', '(', numbers, 'uq\x000](', module.repeat(3000), 'e.');
    assert.ok(file.notes.some(({ reason }) => reason === 'only the first 2000000 values are looked at'));
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

  it('shows arrays of objects as texts, also those of the first versions of NumPy', async () => {
    const objects = (count: string): Promise<TensorFile> =>
      open(
        `cnumpy.core._internal\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\x01btR(K\x01(K${count}t`,
        'cnumpy\ndtype\n(U\x02O8K\0K\x01tR(K\x03U\x01|NNN',
        ...['J', 0xff, 0xff, 0xff, 0xff, 'J', 0xff, 0xff, 0xff, 0xff, 'K\x3ftbI00\n'],
        '(lU\x01aaNaK\x07aF0.5\natb.',
      );
    const { texts = [] } = await objects('\x04');
    assert.equal(texts[0].storedType, 'object');
    assert.deepEqual(await texts[0].readTexts([{ start: 3, count: 4, step: -1 }]), ['0.5', '7', 'None', 'a']);
    assert.deepEqual(await texts[0].readTexts([{ start: 0, count: 0, step: 1 }]), []);
    await assert.rejects(objects('\x05'), { message: /an array of shape \(5,\) with 4 objects/ });
  });

  it('notes bytes after the pickle', async () => {
    const { notes } = await open(`${NDARRAY('(K\x01t', 'i1')}C\x01\x05tR.more`);
    assert.deepEqual(notes, [{ name: '', reason: '4 bytes after the pickle are not read' }]);
  });

  it('shows a file without arrays as an outline', async () => {
    const file = await open('}(U\x02lrG', new Uint8Array(8), 'U\x01xNU\x01t(K\x01I01\nU\x02hitu.');
    assert.deepEqual(file.tensors, []);
    assert.deepEqual(file.metadata, [
      { name: 'lr', value: '0' },
      { name: 'x', value: 'None' },
      { name: 't', value: '(1, True, "hi")' },
    ]);
  });
});
