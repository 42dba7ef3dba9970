import assert from 'node:assert/strict';
import fc from 'fast-check';
import { col2im, im2col, ShapeError, type Im2colOptions, type Tensor } from '../../../engine';
import { arange, assertTensor, random } from '../support/arrays';

/** Row `r` of a 2-D tensor. */
const row = (col: Tensor, r: number): number[] =>
  Array.from(col.numbers().subarray(r * col.shape[1], (r + 1) * col.shape[1]));

describe('im2col, cases of chapter 7', () => {
  const shapes: [number[], number, Im2colOptions, number[]][] = [
    [[1, 1, 3, 3], 2, {}, [4, 4]],
    [[1, 2, 3, 3], 2, {}, [4, 8]],
    [[2, 2, 3, 3], 2, {}, [8, 8]],
    [[1, 1, 7, 7], 5, {}, [9, 25]],
    [[3, 2, 7, 7], 5, {}, [27, 50]],
    [[10, 3, 7, 7], 5, {}, [90, 75]],
    [[1, 3, 4, 4], 2, { stride: 2 }, [4, 12]],
  ];
  for (const [shape, size, options, expected] of shapes) {
    it(`of x (${shape.join(',')}) with ${size}×${size} has the shape (${expected.join(',')})`, () => {
      assert.deepEqual(im2col(arange(shape), size, size, options).shape, expected);
    });
  }

  it('puts the windows of (10,3,7,7) in rows, sample after sample', () => {
    const x = arange([10, 3, 7, 7]);
    const window = (n: number, top: number, left: number): number[] => {
      const values = [];
      for (let c = 0; c < 3; c++)
        for (let h = 0; h < 5; h++) for (let w = 0; w < 5; w++) values.push(x.at(n, c, top + h, left + w));
      return values;
    };
    const col = im2col(x, 5, 5);
    assert.deepEqual(row(col, 0), window(0, 0, 0));
    assert.deepEqual(row(col, 8), window(0, 2, 2));
    assert.deepEqual(row(col, 9), window(1, 0, 0));
  });

  it('steps by the stride', () => {
    const col = im2col(arange([1, 3, 4, 4]), 2, 2, { stride: 2 });
    assert.deepEqual(row(col, 0), [0, 1, 4, 5, 16, 17, 20, 21, 32, 33, 36, 37]);
    assert.deepEqual(row(col, 3), [10, 11, 14, 15, 26, 27, 30, 31, 42, 43, 46, 47]);
  });

  it('of arange (1,1,4,4), and col2im of that', () => {
    const x = arange([1, 1, 4, 4]);
    const col = im2col(x, 2, 2);
    assertTensor(col, [
      [0, 1, 4, 5],
      [1, 2, 5, 6],
      [2, 3, 6, 7],
      [4, 5, 8, 9],
      [5, 6, 9, 10],
      [6, 7, 10, 11],
      [8, 9, 12, 13],
      [9, 10, 13, 14],
      [10, 11, 14, 15],
    ]);
    assertTensor(col2im(col, x.shape, 2, 2), [
      [
        [
          [0, 2, 4, 3],
          [8, 20, 24, 14],
          [16, 36, 40, 22],
          [12, 26, 28, 15],
        ],
      ],
    ]);
  });

  it('is 25 pictures of 24×24, or 576 of 5×5, for a digit', () => {
    const x = random([1, 1, 28, 28], 1);
    const axes = im2col(x, 5, 5, { layout: 'axes' });
    assert.deepEqual(axes.shape, [1, 1, 5, 5, 24, 24]);
    assert.equal(axes.at(0, 0, 2, 4, 3, 17), x.at(0, 0, 5, 21));
  });
});

describe('im2col, properties', () => {
  const attributes = fc.record({
    N: fc.integer({ min: 1, max: 2 }),
    C: fc.integer({ min: 1, max: 2 }),
    H: fc.integer({ min: 5, max: 8 }),
    W: fc.integer({ min: 5, max: 8 }),
    FH: fc.integer({ min: 1, max: 3 }),
    FW: fc.integer({ min: 1, max: 3 }),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.tuple(
      ...([0, 0, 0, 0].map(() => fc.integer({ min: 0, max: 2 })) as [
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
      ]),
    ),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

  it('has layouts that are permutations of one another', () => {
    fc.assert(
      fc.property(attributes, ({ N, C, H, W, FH, FW, seed, ...options }) => {
        const x = random([N, C, H, W], seed);
        const rows = im2col(x, FH, FW, options);
        const axes = im2col(x, FH, FW, { ...options, layout: 'axes' });
        assertTensor(im2col(x, FH, FW, { ...options, layout: 'columns' }), rows.transpose([1, 0]));
        assertTensor(rows, axes.transpose([0, 4, 5, 1, 2, 3]).reshape(rows.shape));
      }),
    );
  });

  it('has a col2im that adds up the same per tap and per window', () => {
    fc.assert(
      fc.property(attributes, ({ N, C, H, W, FH, FW, ...options }) => {
        // Whole numbers, whose sums do not depend on their order.
        const col = arange(im2col(arange([N, C, H, W]), FH, FW, options).shape);
        assertTensor(
          col2im(col, [N, C, H, W], FH, FW, { ...options, build: 'windows' }),
          col2im(col, [N, C, H, W], FH, FW, { ...options, build: 'taps' }),
        );
      }),
    );
  });

  it('has col2im as its adjoint: ⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩, in every layout and both builds', () => {
    const dot = (a: Tensor, b: Tensor): number =>
      Array.from(a.numbers()).reduce((sum, value, i) => sum + value * b.numbers()[i], 0);
    fc.assert(
      fc.property(
        attributes,
        fc.constantFrom('rows' as const, 'columns' as const, 'axes' as const),
        fc.constantFrom('taps' as const, 'windows' as const),
        ({ N, C, H, W, FH, FW, seed, ...rest }, layout, build) => {
          const options = { ...rest, layout, build };
          const x = random([N, C, H, W], seed);
          const col = im2col(x, FH, FW, options);
          const y = random(col.shape, seed + 1);
          const left = dot(col, y);
          const right = dot(x, col2im(y, x.shape, FH, FW, options));
          assert.ok(Math.abs(left - right) < 1e-9, `${left} and ${right}`);
        },
      ),
    );
  });
});

describe('col2im', () => {
  it('refuses a col of another shape', () => {
    assert.throws(
      () => col2im(arange([9, 5]), [1, 1, 4, 4], 2, 2),
      error =>
        error instanceof ShapeError && /col2im: col has the shape \(9,5\).*give \(9,4\)/.test(error.message),
    );
  });
});
