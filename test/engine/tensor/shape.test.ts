import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkIndex,
  compactShape,
  formatShape,
  IndexError,
  ravel,
  sameShape,
  ShapeError,
  sizeOf,
  stridesOf,
  unravel,
} from '../../../engine';
import { shapes } from './arbitraries';

describe('shape', () => {
  it('counts elements', () => {
    assert.equal(sizeOf([2, 3, 4]), 24);
    assert.equal(sizeOf([]), 1);
    assert.equal(sizeOf([5, 0, 7]), 0);
  });

  it('counts none where an axis is empty, whatever the others claim', () => {
    assert.equal(sizeOf([2 ** 40, 2 ** 40, 0]), 0);
    assert.equal(sizeOf([1e300, 1e300, 0]), 0);
  });

  for (const [why, shape, message] of [
    ['a negative extent', [2, -1], /\(2, -1\).*extent -1/],
    ['a fraction', [1.5], /extent 1.5/],
    ['NaN', [NaN], /extent NaN/],
    ['more elements than can be counted', [2 ** 30, 2 ** 30], /more elements than can be counted/],
    ['too many axes', new Array<number>(33).fill(1), /33 axes, at most 32/],
  ] as const) {
    it(`refuses ${why}`, () => {
      assert.throws(
        () => sizeOf(shape),
        (error: unknown) => error instanceof ShapeError && message.test(error.message),
      );
    });
  }

  it('has the strides of C order', () => {
    assert.deepEqual(stridesOf([2, 3, 4]), [12, 4, 1]);
    assert.deepEqual(stridesOf([]), []);
  });

  it('ravels as its strides say, and unravels back', () => {
    const indexed = shapes({ min: 1 }).chain(shape =>
      fc.tuple(fc.constant(shape), fc.tuple(...shape.map(extent => fc.nat(extent - 1)))),
    );
    fc.assert(
      fc.property(indexed, ([shape, index]) => {
        const flat = ravel(index, shape);
        const strides = stridesOf(shape);
        assert.equal(
          flat,
          index.reduce((sum, i, axis) => sum + i * strides[axis], 0),
        );
        assert.deepEqual(unravel(flat, shape), index);
      }),
    );
  });

  it('compares', () => {
    assert.ok(sameShape([1, 2], [1, 2]));
    assert.ok(!sameShape([1, 2], [2, 1]));
    assert.ok(!sameShape([1, 2], [1, 2, 1]));
  });

  it('prints as NumPy, or as one word', () => {
    assert.equal(formatShape([1, 30, 24, 24]), '(1, 30, 24, 24)');
    assert.equal(formatShape([30]), '(30,)');
    assert.equal(formatShape([]), '()');
    assert.equal(compactShape(['N', 30, 24, 24]), '(N,30,24,24)');
  });

  it('says which index is out of range on which axis', () => {
    checkIndex([1, 2], [2, 3]);
    const refuses = (index: number[], message: RegExp): void =>
      assert.throws(
        () => checkIndex(index, [2, 3]),
        (error: unknown) => error instanceof IndexError && message.test(error.message),
      );
    refuses([1, 3], /index 3 is out of range 0…2 on axis 1 of \(2, 3\)/);
    refuses([-1, 0], /index -1 is out of range 0…1 on axis 0/);
    refuses([0.5, 0], /index 0.5/);
    refuses([1], /1 axes.*has 2/);
  });
});
