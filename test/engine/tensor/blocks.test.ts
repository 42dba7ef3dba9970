import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CancelledError,
  sizeOf,
  Tensor,
  tensorSource,
  virtualSource,
  wholeRegion,
  type ArraySource,
} from '../../../engine';
import { readBlocks, splitRegion } from '../../../engine/tensor/blocks';
import { indicesIn, regionsOf, shapes } from './arbitraries';

describe('splitRegion', () => {
  const cases = shapes({ min: 0 }).chain(shape =>
    fc.record({ region: regionsOf(shape), limit: fc.integer({ min: 1, max: 40 }) }),
  );

  it('gives parts no larger than the limit that make up the region in C order', () => {
    fc.assert(
      fc.property(cases, ({ region, limit }) => {
        const parts = [...splitRegion(region, limit)];
        for (const part of parts) assert.ok(sizeOf(part.map(range => range.count)) <= limit);
        assert.deepEqual(
          parts.flatMap(part => [...indicesIn(part)]),
          [...indicesIn(region)],
        );
      }),
    );
  });

  it('does not cut finer than it must', () => {
    assert.equal([...splitRegion(wholeRegion([100, 10]), 250)].length, 4);
    assert.equal([...splitRegion(wholeRegion([1, 1, 1000]), 250)].length, 4);
  });
});

describe('readBlocks', () => {
  it('passes a large array through in small pieces', async () => {
    const shape = [3, 700, 500];
    const source = virtualSource('v', 'float32', shape, ([n]) => n);
    let size = 0;
    for await (const block of readBlocks(source, wholeRegion(shape))) {
      assert.ok(block.size <= 1 << 18);
      size += block.size;
    }
    assert.equal(size, sizeOf(shape));
  });

  it('reads the next block meanwhile, into the memory of the one before', async () => {
    const offered = new Set<ArrayBuffer | undefined>();
    let begun = 0;
    const source: ArraySource = {
      name: 'x',
      dtype: 'float32',
      shape: [8, 1 << 18],
      read([{ start, count }, columns], _signal, memory = new ArrayBuffer(0)) {
        begun++;
        offered.add(memory);
        const data = new Float32Array(memory).fill(start);
        return Promise.resolve(Tensor.wrap(data, [count, columns.count], 'float32'));
      },
    };
    let seen = 0;
    for await (const block of readBlocks(source, wholeRegion(source.shape))) {
      assert.equal(begun, Math.min(8, seen + 2));
      assert.ok(block.numbers().every(value => value === seen));
      seen++;
    }
    assert.equal(seen, 8);
    assert.equal(offered.size, 2);
  });

  it('says why a block could not be read, also where nobody waits for it', async () => {
    const source: ArraySource = {
      name: 'x',
      dtype: 'int8',
      shape: [1 << 19],
      read: ([{ start, count }]) =>
        start > 0 ? Promise.reject(new Error('gone')) : Promise.resolve(Tensor.zeros([count], 'int8')),
    };
    const blocks = readBlocks(source, wholeRegion(source.shape));
    await blocks.next();
    await assert.rejects(blocks.next(), /gone/);
    for await (const block of readBlocks(source, wholeRegion(source.shape))) {
      assert.equal(block.size, 1 << 18);
      break;
    }
  });

  it('reads nothing once cancelled', async () => {
    const controller = new AbortController();
    const read: number[] = [];
    await assert.rejects(async () => {
      const source = tensorSource('x', Tensor.zeros([1 << 19]));
      for await (const block of readBlocks(source, wholeRegion([1 << 19]), controller.signal)) {
        read.push(block.size);
        controller.abort();
      }
    }, CancelledError);
    assert.equal(read.length, 1);
  });
});
