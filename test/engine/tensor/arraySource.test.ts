import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CancelledError,
  cellRegion,
  checkRegion,
  IndexError,
  ravel,
  readTensor,
  tensorSource,
  Tensor,
  virtualSource,
  wholeRegion,
  type Region,
} from '../../../engine';
import { indicesIn, regionsOf, shapes } from './arbitraries';

const shapedRegions = shapes({ min: 0 }).chain(shape =>
  fc.record({ shape: fc.constant(shape), region: regionsOf(shape) }),
);

describe('readTensor', () => {
  it('copies the elements of a region in C order', () => {
    fc.assert(
      fc.property(shapedRegions, ({ shape, region }) => {
        const tensor = Tensor.arange(shape, 'int32');
        const read = readTensor(tensor, region);
        assert.equal(read.dtype, 'int32');
        assert.deepEqual(
          read.shape,
          region.map(range => range.count),
        );
        assert.deepEqual(
          Array.from(read.numbers()),
          Array.from(indicesIn(region), index => ravel(index, shape)),
        );
      }),
    );
  });

  it('copies what lies in one piece, or in long pieces', () => {
    const tensor = Tensor.arange([3, 2, 40], 'float32');
    const region = [
      { start: 2, count: 2, step: -1 },
      { start: 1, count: 1, step: 1 },
      { start: 0, count: 40, step: 1 },
    ];
    const row = (first: number): number[] => Array.from({ length: 40 }, (_, i) => first + i);
    assert.deepEqual(Array.from(readTensor(tensor, region).numbers()), [...row(200), ...row(120)]);
    assert.deepEqual(readTensor(tensor, wholeRegion(tensor.shape)), tensor);
  });

  it('puts the elements into the memory of a caller who has just enough', () => {
    const tensor = Tensor.arange([2, 3], 'float32');
    const memory = new ArrayBuffer(24);
    assert.equal(readTensor(tensor, wholeRegion([2, 3]), memory).data.buffer, memory);
    assert.deepEqual(Array.from(new Float32Array(memory)), [0, 1, 2, 3, 4, 5]);
    assert.notEqual(readTensor(tensor, cellRegion([1, 2]), memory).data.buffer, memory);
  });

  it('does not share memory with the tensor', () => {
    const tensor = Tensor.arange([4]);
    readTensor(tensor, wholeRegion([4])).data[0] = 9;
    assert.equal(tensor.at(0), 0);
  });

  it('keeps 64-bit integers exact', () => {
    const tensor = Tensor.wrap(BigInt64Array.of(1n, 2n ** 62n + 1n), [2], 'int64');
    assert.deepEqual(readTensor(tensor, cellRegion([1])).data, BigInt64Array.of(2n ** 62n + 1n));
  });
});

describe('checkRegion', () => {
  const refuses = (region: Region, message: RegExp): void =>
    assert.throws(
      () => checkRegion(region, [4, 5]),
      (error: unknown) => error instanceof IndexError && message.test(error.message),
    );
  const rows = { start: 0, count: 4, step: 1 };

  it('allows what lies inside, in either direction, and nothing at all', () => {
    checkRegion([rows, { start: 4, count: 3, step: -2 }], [4, 5]);
    checkRegion([{ start: 0, count: 0, step: 1 }, cellRegion([4])[0]], [4, 5]);
  });

  it('refuses what lies outside, and names the axis', () => {
    refuses([rows, { start: 3, count: 3, step: 1 }], /region 3:6:1 is outside axis 1 of \(4, 5\)/);
    refuses([{ start: -1, count: 2, step: 1 }, rows], /axis 0/);
    refuses([rows, { start: 1, count: 3, step: -1 }], /region 1:-2:-1 is outside axis 1/);
  });

  it('refuses another rank', () => refuses([rows], /region has 1 axes, the array \(4, 5\) has 2/));

  it('refuses what is no range', () => {
    for (const odd of [
      { start: 0, count: 1, step: 0 },
      { start: 0, count: -1, step: 1 },
      { start: 0.5, count: 1, step: 1 },
      { start: 0, count: NaN, step: 1 },
      { start: 0, count: Infinity, step: 1 },
    ])
      refuses([rows, odd], /outside axis 1/);
  });
});

describe('tensorSource', () => {
  it('reads regions of the tensor', async () => {
    const source = tensorSource('x', Tensor.arange([2, 3], 'uint8'));
    assert.equal(source.name, 'x');
    const column = await source.read([
      { start: 0, count: 2, step: 1 },
      { start: 1, count: 1, step: 1 },
    ]);
    assert.deepEqual(column, Tensor.from([1, 4], [2, 1], 'uint8'));
  });

  it('rejects a region outside', async () => {
    await assert.rejects(async () => tensorSource('x', Tensor.arange([2])).read(cellRegion([2])), IndexError);
  });
});

describe('virtualSource', () => {
  const computed = (shape: number[]) => virtualSource('v', 'int32', shape, index => ravel(index, shape) * 2);

  it('reads as a tensor of the same values would', async () => {
    await fc.assert(
      fc.asyncProperty(shapedRegions, async ({ shape, region }) => {
        const tensor = Tensor.from(
          Tensor.arange(shape)
            .numbers()
            .map(value => value * 2),
          shape,
          'int32',
        );
        assert.deepEqual(await computed(shape).read(region), readTensor(tensor, region));
      }),
    );
  });

  it('computes only the cells that are asked for', async () => {
    const asked: number[][] = [];
    const source = virtualSource('v', 'float32', [1000, 1000], index => asked.push([...index]));
    await source.read([
      { start: 999, count: 2, step: -999 },
      { start: 5, count: 1, step: 1 },
    ]);
    assert.deepEqual(asked, [
      [999, 5],
      [0, 5],
    ]);
  });

  it('rejects a region outside', async () => {
    await assert.rejects(computed([2, 2]).read(cellRegion([0, 2])), IndexError);
  });

  it('lets other work in, and stops when cancelled', async () => {
    const shape = [1 << 18];
    let cells = 0;
    const source = virtualSource('v', 'float32', shape, () => ++cells);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    await assert.rejects(source.read(wholeRegion(shape), controller.signal), CancelledError);
    assert.ok(cells < shape[0], `${cells} cells were computed after the abort`);
  });
});
