import assert from 'node:assert/strict';
import { ShapeError, sizeFormula, spatialAxis, windowGeometry } from '../../../engine';

const axis = { size: 28, window: 5, stride: 1, before: 0, after: 0, dilation: 1, ceil: false };

describe('spatialAxis', () => {
  it('has the sizes of the book', () => {
    assert.equal(spatialAxis('conv', 'H', axis).out, 24);
    assert.equal(spatialAxis('conv', 'H', { ...axis, size: 4, window: 3, before: 1, after: 1 }).out, 4);
    assert.equal(spatialAxis('conv', 'H', { ...axis, size: 7, window: 3, stride: 2 }).out, 3);
  });

  it('drops a border that a stride does not reach', () => {
    assert.equal(spatialAxis('conv', 'H', { ...axis, size: 8, window: 3, stride: 2 }).out, 3);
  });

  it('counts a partial window in ceil mode, but not one that starts in the trailing padding', () => {
    assert.equal(spatialAxis('pool', 'H', { ...axis, size: 5, window: 2, stride: 2, ceil: true }).out, 3);
    const padded = { ...axis, size: 4, window: 1, stride: 3, before: 1, after: 1, ceil: true };
    assert.equal(spatialAxis('pool', 'H', { ...padded, size: 3 }).out, 2);
  });

  it('spans the gaps of a dilation', () => {
    assert.equal(spatialAxis('conv', 'H', { ...axis, size: 7, window: 3, dilation: 3 }).out, 1);
  });

  const refused: [string, Partial<typeof axis>, RegExp][] = [
    ['stride 0', { stride: 0 }, /^conv: stride is 0, it must be a whole number of at least 1$/],
    ['a fractional stride', { stride: 1.5 }, /stride is 1\.5/],
    ['a negative pad', { before: -1 }, /pad is -1, it must be a whole number of at least 0/],
    ['dilation 0', { dilation: 0 }, /dilation is 0/],
    ['a filter of size 0', { window: 0 }, /FH is 0/],
    [
      'a window larger than the input',
      { size: 4, dilation: 2 },
      /the window spans 9 \(FH 5, dilation 2\), but x has only H 4 \+ pad 0 \+ 0 = 4: use a pad of at least 3, a smaller dilation or a smaller window$/,
    ],
    [
      'a window larger than the input that no dilation has spread',
      { size: 4 },
      /\(FH 5, dilation 1\), .* = 4: use a pad of at least 1 or a smaller window$/,
    ],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => spatialAxis('conv', 'H', { ...axis, ...change }),
        error => error instanceof ShapeError && message.test(error.message),
      );
    });
  }
});

describe('sizeFormula', () => {
  const formula = (change: Partial<typeof axis>): string =>
    sizeFormula('H', spatialAxis('conv', 'H', { ...axis, ...change }));

  it('substitutes the numbers', () => {
    assert.equal(formula({}), 'OH = (28 + 2·0 − 5)/1 + 1 = 24');
    assert.equal(formula({ before: 1, after: 2, stride: 2 }), 'OH = (28 + 1 + 2 − 5)/2 + 1 = 14');
    assert.equal(formula({ stride: 2 }), 'OH = ⌊(28 + 2·0 − 5)/2⌋ + 1 = 12');
    assert.equal(formula({ dilation: 2 }), 'OH = (28 + 2·0 − (2·(5 − 1) + 1))/1 + 1 = 20');
    assert.equal(formula({ stride: 2, ceil: true }), 'OH = ⌈(28 + 2·0 − 5)/2⌉ + 1 = 13');
  });
});

describe('windowGeometry', () => {
  it('takes pad as one number, two or four', () => {
    const filters = { FN: 1, FH: 3, FW: 3, groups: 1 };
    const pads = (pad: number | [number, number] | [number, number, number, number]): number[] => {
      const { vertical, horizontal } = windowGeometry('conv', [1, 1, 5, 5], filters, { pad });
      return [vertical.before, horizontal.before, vertical.after, horizontal.after];
    };
    assert.deepEqual(pads(1), [1, 1, 1, 1]);
    assert.deepEqual(pads([1, 2]), [1, 2, 1, 2]);
    assert.deepEqual(pads([1, 2, 3, 4]), [1, 2, 3, 4]);
  });

  it('refuses an x that has not four axes', () => {
    assert.throws(
      () => windowGeometry('conv', [28, 28], { FN: 1, FH: 3, FW: 3, groups: 1 }, {}),
      /conv: x must have the four axes \(N,C,H,W\), it has the shape \(28,28\)/,
    );
  });
});
