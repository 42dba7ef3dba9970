import assert from 'node:assert/strict';
import { Convolution, Pooling, type Tensor } from '../../../engine';
import { arange, assertTensor, full, nested } from '../support/arrays';

/** Filters that are all ones, all twos, … */
const onesTwos = (FN: number, C: number, size: number): Tensor =>
  nested(
    Array.from({ length: FN }, (_, f) =>
      Array.from({ length: C }, () => Array.from({ length: size }, () => Array<number>(size).fill(f + 1))),
    ),
  );

const sumOf = (tensor: Tensor): number => Array.from(tensor.numbers()).reduce((a, b) => a + b, 0);

describe('Convolution forward, cases of chapter 7', () => {
  it('x arange (1,1,4,4), W ones (1,1,2,2), b 3', () => {
    assertTensor(new Convolution(full([1, 1, 2, 2], 1), full([1], 3)).forward(arange([1, 1, 4, 4])), [
      [
        [
          [13, 17, 21],
          [29, 33, 37],
          [45, 49, 53],
        ],
      ],
    ]);
  });

  it('x arange (1,2,4,4), W ones (1,2,2,2), b 3', () => {
    assertTensor(new Convolution(full([1, 2, 2, 2], 1), full([1], 3)).forward(arange([1, 2, 4, 4])), [
      [
        [
          [87, 95, 103],
          [119, 127, 135],
          [151, 159, 167],
        ],
      ],
    ]);
  });

  it('two filters, ones and twos, without a bias', () => {
    const once = [
      [10, 14, 18],
      [26, 30, 34],
      [42, 46, 50],
    ];
    assertTensor(new Convolution(onesTwos(2, 1, 2), null).forward(arange([1, 1, 4, 4])), [
      [once, once.map(row => row.map(value => 2 * value))],
    ]);
  });

  it('x arange (2,2,4,4), three filters, b 3', () => {
    const out = new Convolution(onesTwos(3, 2, 2), full([3], 3)).forward(arange([2, 2, 4, 4]));
    assert.deepEqual(out.shape, [2, 3, 3, 3]);
    const map = (n: number, f: number): number[] =>
      Array.from({ length: 9 }, (_, i) => out.at(n, f, Math.floor(i / 3), i % 3));
    assert.deepEqual(map(0, 2), [255, 279, 303, 351, 375, 399, 447, 471, 495]);
    assert.deepEqual(map(1, 0), [343, 351, 359, 375, 383, 391, 407, 415, 423]);
    assert.deepEqual(map(1, 2), [1023, 1047, 1071, 1119, 1143, 1167, 1215, 1239, 1263]);
  });

  it('x 1..16, W ones (1,1,3,3), b 3, pad 1', () => {
    const x = nested([
      [Array.from({ length: 4 }, (_, h) => Array.from({ length: 4 }, (_v, w) => 4 * h + w + 1))],
    ]);
    assertTensor(new Convolution(full([1, 1, 3, 3], 1), full([1], 3), { pad: 1 }).forward(x), [
      [
        [
          [17, 27, 33, 25],
          [36, 57, 66, 48],
          [60, 93, 102, 72],
          [49, 75, 81, 57],
        ],
      ],
    ]);
  });

  it('x arange (10,3,7,7), W ones (1,3,5,5)', () => {
    const convolution = new Convolution(full([1, 3, 5, 5], 1), null);
    const out = convolution.forward(arange([10, 3, 7, 7]));
    assert.deepEqual(out.shape, [10, 1, 3, 3]);
    assert.deepEqual(
      Array.from(out.numbers().subarray(0, 9)),
      [4875, 4950, 5025, 5400, 5475, 5550, 5925, 6000, 6075],
    );
  });

  for (const dtype of ['float32', 'float64'] as const) {
    it(`x arange (2,3,4,4), W arange (2,3,3,3), ${dtype}`, () => {
      const out = new Convolution(arange([2, 3, 3, 3], dtype), null).forward(arange([2, 3, 4, 4], dtype));
      assert.equal(out.dtype, dtype);
      assertTensor(out, [
        [
          [
            [10197, 10548],
            [11601, 11952],
          ],
          [
            [25506, 26586],
            [29826, 30906],
          ],
        ],
        [
          [
            [27045, 27396],
            [28449, 28800],
          ],
          [
            [77346, 78426],
            [81666, 82746],
          ],
        ],
      ]);
    });
  }
});

describe('Convolution backward, cases of chapter 7', () => {
  const dx = [
    [0, 1, 3, 2],
    [3, 8, 12, 7],
    [9, 20, 24, 13],
    [6, 13, 15, 8],
  ];

  it('x arange (1,1,4,4), W ones (1,1,2,2), dout arange', () => {
    const convolution = new Convolution(full([1, 1, 2, 2], 1), full([1], 0));
    convolution.forward(arange([1, 1, 4, 4]));
    assertTensor(convolution.backward(arange([1, 1, 3, 3])), [[dx]]);
  });

  it('two channels have the same dx', () => {
    const convolution = new Convolution(full([1, 2, 2, 2], 1), null);
    convolution.forward(arange([1, 2, 4, 4]));
    assertTensor(convolution.backward(arange([1, 1, 3, 3])), [[dx, dx]]);
    assert.equal(convolution.db, undefined);
  });

  it('two filters', () => {
    const convolution = new Convolution(full([2, 1, 2, 2], 1), full([2], 0));
    convolution.forward(arange([1, 1, 4, 4]));
    assertTensor(convolution.backward(arange([1, 2, 3, 3])), [
      [
        [
          [9, 20, 24, 13],
          [24, 52, 60, 32],
          [36, 76, 84, 44],
          [21, 44, 48, 25],
        ],
      ],
    ]);
    assertTensor(convolution.dW, [
      [
        [
          [258, 294],
          [402, 438],
        ],
      ],
      [
        [
          [663, 780],
          [1131, 1248],
        ],
      ],
    ]);
    assertTensor(convolution.db, [36, 117]);
  });

  it('x arange (10,3,5,5), W ones (3,3,2,2), b arange(3), dout arange', () => {
    const convolution = new Convolution(full([3, 3, 2, 2], 1), arange([3]));
    const out = convolution.forward(arange([10, 3, 5, 5]));
    assert.deepEqual([out.at(0, 0, 0, 0), out.at(0, 1, 0, 0), out.at(0, 2, 0, 0)], [336, 337, 338]);
    const back = convolution.backward(arange([10, 3, 4, 4]));
    assertTensor(convolution.db, [35760, 38320, 40880]);
    const { dW } = convolution;
    assert.deepEqual(
      Array.from(dW?.numbers().subarray(0, 4) ?? []),
      [17147040, 17182800, 17325840, 17361600],
    );
    assert.deepEqual(Array.from(dW?.numbers().subarray(-4) ?? []), [20965120, 21006000, 21169520, 21210400]);
    assert.equal(sumOf(back), 1379520);
    assert.deepEqual(
      Array.from(back.numbers().subarray(0, 25)),
      [
        48, 99, 105, 111, 57, 108, 222, 234, 246, 126, 132, 270, 282, 294, 150, 156, 318, 330, 342, 174, 84,
        171, 177, 183, 93,
      ],
    );
  });

  it('x arange (2,3,4,4), W arange (2,3,3,3), dy ones', () => {
    const convolution = new Convolution(arange([2, 3, 3, 3]), full([2], 0));
    convolution.forward(arange([2, 3, 4, 4]));
    const back = convolution.backward(full([2, 2, 2, 2], 1));
    const dW = [
      [212, 220, 228, 244, 252, 260, 276, 284, 292],
      [340, 348, 356, 372, 380, 388, 404, 412, 420],
      [468, 476, 484, 500, 508, 516, 532, 540, 548],
    ].flat();
    assert.deepEqual(Array.from(convolution.dW?.numbers() ?? []), [...dW, ...dW]);
    assertTensor(convolution.db, [8, 8]);
    const image = [
      [27, 56, 60, 31, 60, 124, 132, 68, 72, 148, 156, 80, 39, 80, 84, 43],
      [45, 92, 96, 49, 96, 196, 204, 104, 108, 220, 228, 116, 57, 116, 120, 61],
      [63, 128, 132, 67, 132, 268, 276, 140, 144, 292, 300, 152, 75, 152, 156, 79],
    ].flat();
    assert.deepEqual(Array.from(back.numbers()), [...image, ...image]);
  });
});

describe('Pooling, cases of chapter 7', () => {
  const max2 = { kind: 'max', size: 2, stride: 2 } as const;

  it('x arange (1,3,4,4)', () => {
    assertTensor(new Pooling(max2).forward(arange([1, 3, 4, 4])), [
      [
        [
          [5, 7],
          [13, 15],
        ],
        [
          [21, 23],
          [29, 31],
        ],
        [
          [37, 39],
          [45, 47],
        ],
      ],
    ]);
  });

  it('remembers the winners', () => {
    const pooling = new Pooling(max2);
    const x = nested([
      [
        [
          [7, 11, 13, 15],
          [3, 4, 5, 14],
          [1, 2, 16, 9],
          [12, 8, 6, 10],
        ],
      ],
    ]);
    assertTensor(pooling.forward(x), [
      [
        [
          [11, 15],
          [12, 16],
        ],
      ],
    ]);
    assert.deepEqual(Array.from(pooling.argMax?.numbers() ?? []), [1, 1, 2, 0]);
  });

  it('sends dout back to the winners', () => {
    const pooling = new Pooling(max2);
    const x = nested([
      [
        [
          [7, 11, 13, 15],
          [3, 4, 2, 3],
          [1, 2, 17, 9],
          [1, 8, 3, 10],
        ],
        [
          [5, 8, 6, 7],
          [10, 4, 11, 13],
          [9, 3, 10, 4],
          [1, 2, 5, 16],
        ],
      ],
    ]);
    assertTensor(pooling.forward(x), [
      [
        [
          [11, 15],
          [8, 17],
        ],
        [
          [10, 13],
          [9, 16],
        ],
      ],
    ]);
    assert.deepEqual(Array.from(pooling.argMax?.numbers() ?? []), [1, 2, 1, 3, 3, 0, 0, 3]);
    assertTensor(
      pooling.backward(
        nested([
          [
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 8],
            ],
          ],
        ]),
      ),
      [
        [
          [
            [0, 1, 0, 2],
            [0, 0, 0, 0],
            [0, 0, 4, 0],
            [0, 3, 0, 0],
          ],
          [
            [0, 0, 0, 0],
            [5, 0, 0, 6],
            [7, 0, 0, 0],
            [0, 0, 0, 8],
          ],
        ],
      ],
    );
  });

  it('never lets padding win: a window of negatives keeps its largest', () => {
    const out = new Pooling({ kind: 'max', size: 2, stride: 2, pad: 1 }).forward(full([1, 1, 2, 2], -3));
    assertTensor(out, full([1, 1, 2, 2], -3));
  });

  it('lets a NaN through, as NumPy and PyTorch do', () => {
    const out = new Pooling(max2).forward(
      nested([
        [
          [
            [1, NaN],
            [5, 2],
          ],
        ],
      ]),
    );
    assert.ok(Number.isNaN(out.at(0, 0, 0, 0)));
  });

  it('covers the whole input when global', () => {
    assertTensor(new Pooling({ kind: 'average', size: 'global' }).forward(arange([1, 2, 2, 3])), [
      [[[2.5]], [[8.5]]],
    ]);
  });
});
