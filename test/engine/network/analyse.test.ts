import assert from 'node:assert/strict';
import { analyse, type Network, type OpenShape } from '../../../engine/network';
import {
  bookListing,
  bookNetwork,
  errorsOf,
  listingOf,
  networkOf,
  onlyError,
  problemText,
  type Item,
} from './networks';

const shapesOf = (shape: OpenShape, ...items: Item[]): (OpenShape | undefined)[] =>
  analyse(networkOf(shape, ...items), undefined).layers.map(({ out }) => out);

describe('analyse', () => {
  it("knows everything about the book's SimpleConvNet", () => {
    const { layers, problems, totals } = analyse(bookNetwork(), bookListing());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      layers.map(({ out }) => out),
      [['N', 30, 24, 24], ['N', 30, 24, 24], ['N', 30, 12, 12], ['N', 100], ['N', 100], ['N', 10], []],
    );
    assert.deepEqual(layers[0], {
      name: 'conv1',
      inputs: [['N', 1, 28, 28]],
      out: ['N', 30, 24, 24],
      formulas: ['OH = (28 + 2·0 − 5)/1 + 1 = 24', 'OW = (28 + 2·0 − 5)/1 + 1 = 24'],
      parameters: { W: [30, 1, 5, 5], b: [30] },
      parameterCount: 780,
      macs: 432_000,
      activationBytes: 69_120,
      receptiveField: { height: 5, width: 5, strideH: 1, strideW: 1 },
      broken: false,
    });
    assert.deepEqual(totals, {
      parameterCount: 780 + 432_100 + 1_010,
      macs: 432_000 + 432_000 + 1_000,
      // conv1's output and relu1's, just as it is made
      peakBytes: 2 * 69_120,
    });
  });

  it('puts numbers in place of open sizes', () => {
    const { layers } = analyse(bookNetwork(), bookListing(), { N: 100 });
    assert.deepEqual(layers[2].out, [100, 30, 12, 12]);
    assert.equal(layers[2].activationBytes, 17_280, 'still of one sample');
    const reshaped = networkOf(['N', 'M'], { type: 'reshape', shape: ['M', -1] });
    assert.deepEqual(analyse(reshaped, undefined, { N: 6, M: 4 }).layers[0].out, [4, 6]);
    assert.deepEqual(analyse(reshaped, undefined, { N: 6 }).layers[0].out, ['M', 6]);
  });

  it('infers nothing of layers whose parameters cannot be read, and goes on where it can', () => {
    const { layers, problems } = analyse(bookNetwork(), undefined);
    assert.deepEqual(problems, []);
    assert.deepEqual(new Set(layers.map(({ out }) => out)), new Set([undefined]));
    assert.deepEqual(shapesOf(['N', 3, 8, 8], { type: 'batchnorm', gamma: 'g' }, { type: 'flatten' }), [
      ['N', 3, 8, 8],
      ['N', 192],
    ]);
    assert.deepEqual(shapesOf(['N', 1, 8, 8], { type: 'conv', W: 'W' }, { type: 'affine', units: 3 }), [
      undefined,
      ['N', 3],
    ]);
  });

  it('has one error for one mistake, and goes on as if it were mended', () => {
    const { layers, problems } = analyse(bookNetwork({ 2: { type: 'maxpool', size: 30 } }), bookListing());
    assert.deepEqual(problems.map(problemText), ['2.size windowTooLarge']);
    assert.deepEqual(
      layers.map(({ out, broken }) => [out?.length, broken]),
      [
        [4, false],
        [4, false],
        [4, true],
        [2, false],
        [2, false],
        [2, false],
        [0, false],
      ],
    );
    assert.deepEqual(layers[2].out, ['N', 30, 12, 12]);
  });

  it('has one error for one mistake that nothing mends', () => {
    const rows = analyse(bookNetwork(), bookListing({ W2: [4321, 100] }));
    assert.deepEqual(rows.problems.map(problemText), ['3.W rows']);
    assert.deepEqual(rows.layers[3].out, ['N', 100], 'what the columns of W ask for');
    const channels = analyse(bookNetwork(), bookListing({ W1: [30, 7, 5, 5] }));
    assert.deepEqual(errorsOf(channels).map(problemText), ['0.W channels']);
    const missing = analyse(
      bookNetwork({ 0: { type: 'conv', W: 'nowhere' } }),
      bookListing({ W1: [30, 2, 5, 5] }),
    );
    assert.deepEqual(errorsOf(missing).map(problemText), ['0.W missingParameter']);
  });

  it('has an error for each of several mistakes', () => {
    const network = bookNetwork({
      0: { type: 'conv', W: 'W1', b: 'b2' },
      5: { type: 'affine', W: 'W33', b: 'b3' },
    });
    assert.deepEqual(errorsOf(analyse(network, bookListing())).map(problemText), [
      '0.b bias',
      '5.W missingParameter',
    ]);
  });

  it('refuses an impossible input', () => {
    for (const shape of [[], [0, 1], [-1, 3], [1.5], [NaN, 1], [1e308, 1e308]]) {
      const { layers, problems } = analyse(networkOf(shape, { type: 'relu' }), undefined);
      assert.deepEqual(problems.map(problemText), ['.input inputShape']);
      assert.equal(layers[0].out, undefined);
    }
  });

  it('refuses networks whose layers do not follow one another', () => {
    const network = networkOf(
      ['N', 4],
      { type: 'relu', name: 'input' },
      { type: 'relu', name: 'b', from: 'c' },
      { type: 'relu', name: 'c', from: 'nowhere' },
      { type: 'relu', name: 'c', from: 'c' },
      { type: 'relu', from: ['input', 'b'] },
    );
    assert.deepEqual(errorsOf(analyse(network, undefined)).map(problemText), [
      '0.name reservedName',
      '1.from laterLayer',
      '2.from unknownLayer',
      '3.name duplicateName',
      '4.from inputs',
    ]);
  });

  it('refuses numbers that cannot be counted', () => {
    const huge = networkOf(['N', 1, 9, 9], { type: 'conv', filters: 2 ** 24, size: 1, pad: 2 ** 20 });
    assert.equal(onlyError(huge).fault, 'tooLarge');
    assert.equal(
      onlyError(networkOf(['N', 1, 9, 9], { type: 'conv', W: 'W' }), listingOf({ W: [0, 1, 1, 1] })).fault,
      'empty',
    );
  });

  it('ignores names that reach a prototype', () => {
    const network = networkOf(
      ['N', 1, 9, 9],
      { type: 'conv', name: '__proto__', W: 'constructor' },
      { type: 'relu' },
    );
    assert.equal(onlyError(network).fault, 'missingParameter');
    const stored = analyse(
      network,
      new Map([['constructor', { name: 'constructor', shape: [2, 1, 3, 3], dtype: 'float32' }]]),
    );
    assert.deepEqual(stored.layers[1].out, ['N', 2, 7, 7]);
  });
});

describe('receptive fields', () => {
  const fieldOf = (shape: OpenShape, ...items: Item[]) =>
    analyse(networkOf(shape, ...items), undefined).layers.at(-1)?.receptiveField;
  const IMAGE: OpenShape = ['N', 3, 224, 224];
  const conv = (size: number, stride = 1, dilation = 1): Item => ({
    type: 'conv',
    filters: 2,
    size,
    stride,
    dilation,
    pad: 1,
  });

  it('grow by the steps of the layers before', () => {
    const square = (size: number, stride: number) => ({
      height: size,
      width: size,
      strideH: stride,
      strideW: stride,
    });
    assert.deepEqual(fieldOf(IMAGE, conv(3), conv(3)), square(5, 1));
    assert.deepEqual(fieldOf(IMAGE, conv(3, 2), conv(3)), square(7, 2));
    assert.deepEqual(fieldOf(IMAGE, conv(3, 1, 2)), square(5, 1));
    // AlexNet up to its last pooling (Araujo et al., table 1: 195 pixels, stride 32).
    const alexnet: Item[] = [
      { type: 'conv', filters: 64, size: 11, stride: 4, pad: 2 },
      { type: 'maxpool', size: 3, stride: 2 },
      { type: 'conv', filters: 192, size: 5, pad: 2 },
      { type: 'maxpool', size: 3, stride: 2 },
      ...[384, 256, 256].map((filters): Item => ({ type: 'conv', filters, size: 3, pad: 1 })),
      { type: 'maxpool', size: 3, stride: 2 },
    ];
    assert.deepEqual(fieldOf(IMAGE, ...alexnet), square(195, 32));
  });

  it('are all that any branch sees', () => {
    const items: Item[] = [
      { type: 'conv', name: 'wide', filters: 2, size: [5, 1], pad: [2, 0], from: 'input' },
      { type: 'conv', name: 'tall', filters: 2, size: [1, 3], pad: [0, 1], from: 'input' },
      { type: 'add', from: ['wide', 'tall'] },
    ];
    assert.deepEqual(fieldOf(IMAGE, ...items), { height: 5, width: 3, strideH: 1, strideW: 1 });
  });

  it('are the whole image after an affine layer, and unknown of other inputs', () => {
    const whole = { height: 224, width: 224, strideH: 0, strideW: 0 };
    assert.deepEqual(fieldOf(IMAGE, conv(3), { type: 'affine', units: 2 }, { type: 'relu' }), whole);
    assert.equal(fieldOf(['N', 12], { type: 'affine', units: 2 }), undefined);
  });
});

describe('peak memory', () => {
  const peakOf = (...items: Item[]): number =>
    analyse(networkOf(['N', 100], ...items), undefined).totals.peakBytes;

  it('is that of an input and an output in a chain', () => {
    assert.equal(peakOf({ type: 'relu' }, { type: 'affine', units: 10 }), 800);
    assert.equal(peakOf({ type: 'affine', units: 10 }, { type: 'affine', units: 1000 }), 4040);
  });

  it('keeps what a later layer takes', () => {
    const residual: Item[] = [
      { type: 'affine', units: 10 },
      { type: 'relu' },
      { type: 'affine', units: 100 },
      { type: 'add', from: ['affine2', 'input'] },
    ];
    assert.equal(peakOf(...residual), 4 * (100 + 100 + 100));
  });

  it('lets go of what no layer takes', () => {
    assert.equal(peakOf({ type: 'affine', units: 100 }, { type: 'affine', units: 100, from: 'input' }), 800);
  });
});

describe('speed of analyse', () => {
  /** Residual blocks with a mistake in one of them. */
  function residual(blocks: number): Network {
    const items: Item[] = [{ type: 'conv', name: 'block0', filters: 16, size: 3, pad: 1 }];
    for (let block = 1; block <= blocks; block++) {
      items.push(
        { type: 'conv', filters: 16, size: 3, pad: block === blocks - 2 ? 0 : 1 },
        { type: 'batchnorm' },
        { type: 'relu' },
        { type: 'add', name: `block${block}`, from: [`relu${block}`, `block${block - 1}`] },
      );
    }
    return networkOf(['N', 3, 32, 32], ...items, { type: 'globalavgpool' }, { type: 'affine', units: 10 });
  }

  /** Milliseconds that the processor works, however busy it is. */
  function work(act: () => void): number {
    const { user, system } = process.cpuUsage();
    act();
    const after = process.cpuUsage();
    return (after.user + after.system - user - system) / 1000;
  }

  it('is enough for every keystroke in 150 layers, with a mistake', () => {
    const network = residual(37);
    const { problems } = analyse(network, undefined);
    assert.deepEqual(problems.map(problemText), ['140.from inputShapes']);
    const took = Array.from({ length: 10 }, () => work(() => analyse(network, undefined)));
    assert.ok(Math.min(...took) < 20, `${took.join(', ')} ms`);
  });

  it('is enough for 30,000 layers, and for as many that do not fit', () => {
    const many = (stride: number): Network =>
      networkOf(
        ['N', 3, 32, 32],
        ...Array.from({ length: 30_000 }, (): Item => ({ type: 'conv', filters: 3, size: 1, stride })),
      );
    for (const network of [many(1), many(-1)]) {
      const took = work(() => assert.equal(analyse(network, undefined).layers.length, 30_000));
      assert.ok(took < 2400, `${took} ms`);
    }
  });
});
