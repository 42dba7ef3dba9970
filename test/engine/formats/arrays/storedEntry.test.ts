import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FormatError, IndexError, UnsupportedError } from '../../../../engine/errors';
import { memoryBytes, type ByteSource } from '../../../../engine/formats';
import { denseLayout, storedEntry, type Layout } from '../../../../engine/formats/arrays/storedEntry';
import { readTensor, Tensor, wholeRegion } from '../../../../engine/tensor';
import { indicesIn } from '../../tensor/arbitraries';
import { counting, headAndZeros } from '../support/sources';

/** Bytes of float32 elements, in the order given, after 3 bytes of something else. */
function float32File(values: ArrayLike<number>, littleEndian: boolean): Uint8Array {
  const file = new DataView(new ArrayBuffer(3 + 4 * values.length));
  for (let i = 0; i < values.length; i++) file.setFloat32(3 + 4 * i, values[i], littleEndian);
  return new Uint8Array(file.buffer);
}

const layoutOf = (shape: readonly number[]): Layout =>
  denseLayout({ offset: 0, dtype: 'float32', shape, littleEndian: true });

/** A shape, one of its orders, and a region with steps in both directions. */
const cases = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }).chain(shape => {
  const axes = shape.map((_, axis) => axis);
  const ranges = shape.map(extent =>
    fc
      .record({
        step: fc.constantFrom(1, 1, 2, -1, -2),
        a: fc.nat({ max: Math.max(0, extent - 1) }),
        b: fc.nat({ max: Math.max(0, extent - 1) }),
      })
      .map(({ step, a, b }) => {
        const start = step > 0 ? Math.min(a, b) : Math.max(a, b);
        const count = extent === 0 ? 0 : Math.floor(Math.abs(a - b) / Math.abs(step)) + 1;
        return { start, count, step };
      }),
  );
  return fc.record({
    shape: fc.constant(shape),
    slowestFirst: fc.shuffledSubarray(axes, { minLength: axes.length }),
    region: fc.tuple(...ranges),
    littleEndian: fc.boolean(),
  });
});

describe('storedEntry', () => {
  it('reads any region of any layout as a copy in memory would be read', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, slowestFirst, region, littleEndian }) => {
        const tensor = Tensor.arange(shape);
        const file = float32File(tensor.transpose(slowestFirst).numbers(), littleEndian);
        const layout = denseLayout({ offset: 3, dtype: 'float32', shape, littleEndian }, slowestFirst);
        const entry = storedEntry('test', 'x', memoryBytes(file), layout);
        assert.deepEqual(await entry.read(region), readTensor(tensor, region));
        assert.deepEqual(await entry.read(), tensor);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('puts the elements into memory of the caller that is of their size', async () => {
    const file = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const targets: ArrayBuffer[] = [];
    const source: ByteSource = {
      ...memoryBytes(file),
      readInto(offset, target) {
        targets.push(target.buffer);
        target.set(file.subarray(offset, offset + target.length));
        return Promise.resolve(target.length);
      },
    };
    const entry = storedEntry('test', 'x', source, { ...layoutOf([8]), dtype: 'uint8', strides: [1] });
    const memory = new ArrayBuffer(3);
    const part = await entry.read([{ start: 2, count: 3, step: 1 }], undefined, memory);
    assert.equal(part.data.buffer, memory);
    assert.deepEqual([...part.numbers()], [2, 3, 4]);
    const other = await entry.read([{ start: 4, count: 4, step: 1 }], undefined, memory);
    assert.deepEqual([...other.numbers()], [4, 5, 6, 7]);
    const stepped = await entry.read([{ start: 7, count: 3, step: -3 }], undefined, memory);
    assert.deepEqual([...stepped.numbers()], [7, 4, 1]);
    assert.deepEqual(targets, [memory, other.data.buffer]);
  });

  it('reads Fortran order', async () => {
    const tensor = Tensor.arange([2, 3, 4]);
    const file = float32File(tensor.transpose([2, 1, 0]).numbers(), true);
    const entry = storedEntry(
      'test',
      'x',
      memoryBytes(file),
      denseLayout({ offset: 3, dtype: 'float32', shape: [2, 3, 4], littleEndian: true }, 'F'),
    );
    assert.deepEqual(await entry.read(), tensor);
  });

  it('reads any strides: fields of records, broadcast axes, windows that overlap', async () => {
    const random = fc.record({
      shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      strides: fc.tuple(fc.nat({ max: 21 }), fc.nat({ max: 21 }), fc.nat({ max: 21 })),
      dtype: fc.constantFrom('uint8', 'int16', 'float32', 'float64'),
      littleEndian: fc.boolean(),
    });
    const content = Uint8Array.from({ length: 300 }, (_, i) => (i * 151) % 256);
    const view = new DataView(content.buffer);
    const readers = {
      uint8: 'getUint8',
      int16: 'getInt16',
      float32: 'getFloat32',
      float64: 'getFloat64',
    } as const;
    await fc.assert(
      fc.asyncProperty(random, async ({ shape, strides, dtype, littleEndian }) => {
        const layout = { offset: 5, dtype, shape, strides: strides.slice(0, shape.length), littleEndian };
        const tensor = await storedEntry('test', 'x', memoryBytes(content), layout).read();
        const expected = [...indicesIn(wholeRegion(shape))].map(index => {
          const at = index.reduce((sum, i, axis) => sum + i * strides[axis], 5);
          return view[readers[dtype]](at, littleEndian);
        });
        assert.deepEqual(Array.from(tensor.numbers()), expected);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('refuses strides that reach beyond the end, and such that are no strides', () => {
    const entry = (shape: number[], strides: number[]) =>
      storedEntry('test', 'x', memoryBytes(new Uint8Array(100)), { ...layoutOf(shape), strides });
    assert.deepEqual(entry([25], [4]).shape, [25]);
    assert.deepEqual(entry([2 ** 40, 5], [0, 24]).shape, [2 ** 40, 5]);
    assert.deepEqual(entry([0, 5], [1000, 1000]).shape, [0, 5]);
    for (const [shape, strides] of [
      [[26], [4]],
      [
        [2, 5],
        [1, 24],
      ],
      [[5], [-4]],
      [[5], [1.5]],
      [[5], []],
      [[5], [NaN]],
      [
        [2 ** 30, 2 ** 20],
        [2 ** 53, 2 ** 53],
      ],
    ]) {
      assert.throws(() => entry(shape, strides), FormatError, `${shape.join()} ${strides.join()}`);
    }
  });

  it('reads one plane of a large array by one request of its size', async () => {
    const shape = [50, 500, 500];
    const source = counting(headAndZeros(new Uint8Array(0), 50_000_000));
    await storedEntry('test', 'x', source, layoutOf(shape)).read([
      { start: 7, count: 1, step: 1 },
      ...wholeRegion(shape).slice(1),
    ]);
    assert.equal(source.reads, 1);
    assert.equal(source.bytesRead, 1_000_000);
  });

  it('reads through small gaps and skips large ones', async () => {
    const source = counting(headAndZeros(new Uint8Array(0), 40_000_000));
    const column = [
      { start: 0, count: 10, step: 1 },
      { start: 3, count: 1, step: 1 },
    ];
    await storedEntry('test', 'x', source, layoutOf([1000, 10_000])).read(column);
    assert.equal(source.reads, 1); // 40 KB apart
    await storedEntry('test', 'x', source, layoutOf([100, 100_000])).read(column);
    assert.equal(source.reads, 11); // 400 KB apart
  });

  it('reads a large array in pieces of a few megabytes', async () => {
    const source = counting(headAndZeros(new Uint8Array(0), 40_000_000));
    const tensor = await storedEntry('test', 'x', source, layoutOf([10_000_000])).read();
    assert.equal(tensor.size, 10_000_000);
    assert.equal(source.reads, 5);
    assert.equal(source.bytesRead, 40_000_000);
  });

  it('says how much memory a read over the limit needs, before it reads anything', async () => {
    const source = counting(headAndZeros(new Uint8Array(0), 3_240_000_000));
    const entry = storedEntry('test', 'big', source, layoutOf([1000, 900, 900]));
    await assert.rejects(entry.read(), (error: unknown) => {
      assert.ok(error instanceof UnsupportedError);
      assert.match(error.message, /big: \(1000, 900, 900\) float32 needs 3\.0 GiB of memory/);
      return true;
    });
    assert.equal(source.reads, 0);
  });

  it('refuses a layout that reaches beyond the end', () => {
    assert.throws(() => storedEntry('test', 'x', memoryBytes(new Uint8Array(7)), layoutOf([2])), {
      message: /\(2,\) float32 takes 8 bytes, but only 7 are there/,
    });
  });

  it('refuses a region outside of the array', async () => {
    const entry = storedEntry('test', 'x', memoryBytes(new Uint8Array(8)), layoutOf([2]));
    await assert.rejects(entry.read([{ start: 1, count: 2, step: 1 }]), IndexError);
  });

  it('says so when the file has become shorter', async () => {
    const shrunk = { ...memoryBytes(new Uint8Array(5)), size: 8 };
    const entry = storedEntry('test', 'x', shrunk, layoutOf([2]));
    await assert.rejects(entry.read(), { name: FormatError.name, message: /changed while it was open/ });
  });
});
