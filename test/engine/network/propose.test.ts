import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openTensorFile } from '../../../engine';
import { analyse, propose, type Known, type Network, type ParameterListing } from '../../../engine/network';
import { BOOK_SHAPES, listingOf } from './networks';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** The layers that are proposed, with their attributes; all shapes must fit, and every parameter be used. */
function proposed(shapes: Shapes, known: Partial<Known> = {}): string[] {
  const listing = listingOf(shapes);
  const network = propose('network', listing, { params: ['params'], ...known });
  assert.deepEqual(
    analyse(network, listing).problems.filter(({ fault }) => fault !== 'droppedBorder'),
    [],
  );
  return layersOf(network);
}

function layersOf({ input, layers }: Network): string[] {
  const words = layers.map(({ type, attributes, parameters }) =>
    [
      type,
      ...Object.entries(attributes).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
      ...Object.values(parameters),
    ].join(' '),
  );
  return [`(${input.shape.join(',')})`, ...words];
}

const SIMPLE_CONVNET = [
  '(N,1,28,28)',
  'conv stride 1 pad 0 W1 b1',
  'relu',
  'maxpool size 2 stride 2',
  'affine W2 b2',
  'relu',
  'affine W3 b3',
  'softmax',
];

/** Filters (FN, C, FH, FW) and their biases, in the book's names. */
const filters = (...sizes: [FN: number, C: number, FH: number][]): Record<string, number[]> =>
  Object.fromEntries(
    sizes.flatMap(([FN, C, FH], i) => [
      [`W${i + 1}`, [FN, C, FH, FH]],
      [`b${i + 1}`, [FN]],
    ]),
  );

describe('propose', () => {
  it("gives the book's SimpleConvNet", () => {
    assert.deepEqual(proposed(BOOK_SHAPES), SIMPLE_CONVNET);
  });

  it("reads the book's params.pkl", async () => {
    const bytes = readFileSync('extension/samples/params.pkl');
    const { tensors } = await openTensorFile(bytes, 'params.pkl');
    const listing: ParameterListing = new Map(tensors.map(info => [info.name, info]));
    assert.deepEqual(layersOf(propose('simple', listing, { params: ['params.pkl'] })), SIMPLE_CONVNET);
  });

  it('ends in a loss where the labels are known', () => {
    const target = { file: 'digits.npz', array: 'labels' };
    assert.equal(proposed(BOOK_SHAPES, { target }).at(-1), 'softmaxWithLoss');
    const { layers } = propose('network', listingOf(BOOK_SHAPES), { params: [], target });
    assert.deepEqual(layers.at(-1)?.target, target);
  });

  it("gives the book's DeepConvNet", () => {
    const shapes = {
      ...filters([16, 1, 3], [16, 16, 3], [32, 16, 3], [32, 32, 3], [64, 32, 3], [64, 64, 3]),
      W7: [1024, 50],
      b7: [50],
      W8: [50, 10],
      b8: [10],
    };
    assert.deepEqual(
      proposed(shapes).filter(layer => /conv|pool|affine|\(/.test(layer)),
      [
        '(N,1,28,28)',
        'conv stride 1 pad 1 W1 b1',
        'conv stride 1 pad 1 W2 b2',
        'maxpool size 2 stride 2',
        'conv stride 1 pad 1 W3 b3',
        'conv stride 1 pad 2 W4 b4',
        'maxpool size 2 stride 2',
        'conv stride 1 pad 1 W5 b5',
        'conv stride 1 pad 1 W6 b6',
        'maxpool size 2 stride 2',
        'affine W7 b7',
        'affine W8 b8',
      ],
    );
  });

  it('orders layers by number, not by text', () => {
    const shapes = Object.fromEntries(
      Object.entries(
        filters(...Array.from({ length: 11 }, (_, i): [number, number, number] => [i + 2, i + 1, 3])),
      ).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const convs = proposed(shapes, { input: ['N', 1, 64, 64] }).filter(layer => layer.startsWith('conv'));
    assert.deepEqual(
      convs.map(layer => layer.split(' ').at(-2)),
      Array.from({ length: 11 }, (_, i) => `W${i + 1}`),
    );
  });

  it("knows PyTorch's names and weights", () => {
    const lenet = {
      'conv1.weight': [6, 1, 5, 5],
      'conv1.bias': [6],
      'conv2.weight': [16, 6, 5, 5],
      'conv2.bias': [16],
      'fc1.weight': [120, 400],
      'fc1.bias': [120],
      'fc2.weight': [10, 120],
      'fc2.bias': [10],
    };
    const layers = proposed(lenet);
    assert.ok(layers.includes('affine wAxes [1,0] fc1.weight fc1.bias'));
    assert.equal(
      proposed(lenet, { input: ['N', 1, 32, 32] })[1],
      'conv stride 1 pad 0 conv1.weight conv1.bias',
    );
  });

  it("knows Keras' filters", () => {
    const shapes = {
      'conv2d/kernel:0': [3, 3, 1, 32],
      'conv2d/bias:0': [32],
      'conv2d_1/kernel:0': [3, 3, 32, 64],
      'conv2d_1/bias:0': [64],
      'dense/kernel:0': [1600, 10],
      'dense/bias:0': [10],
    };
    const layers = proposed(shapes);
    assert.equal(layers[1], 'conv stride 1 pad 0 wAxes [3,2,0,1] conv2d/kernel:0 conv2d/bias:0');
    // Its maps are flattened with the channels last.
    assert.deepEqual(layers.slice(-3), [
      'transpose axes [0,2,3,1]',
      'affine dense/kernel:0 dense/bias:0',
      'softmax',
    ]);
    const pooled = proposed({ ...shapes, 'dense/kernel:0': [64, 10] });
    assert.equal(pooled.at(-3), 'globalavgpool');
  });

  it('knows batch normalisation and global pooling', () => {
    const shapes = {
      'features.0.weight': [16, 3, 3, 3],
      'features.1.weight': [16],
      'features.1.bias': [16],
      'features.1.running_mean': [16],
      'features.1.running_var': [16],
      'classifier.weight': [10, 16],
      'classifier.bias': [10],
    };
    const layers = proposed(shapes);
    assert.ok(layers.includes('globalavgpool'));
    const [gamma, beta, mean, variance] = Object.keys(shapes).slice(1, 5);
    assert.equal(layers[2], `batchnorm ${gamma} ${beta} ${mean} ${variance}`);
  });

  it('splits channels into the groups that the filters ask for', () => {
    const shapes = { W1: [8, 3, 3, 3], W2: [8, 1, 3, 3], W3: [16, 8, 1, 1] };
    assert.ok(proposed(shapes).some(layer => /groups 8 W2$/.test(layer)));
  });

  it('gives what it can where nothing meets', () => {
    const listing = listingOf({ W1: [30, 1, 5, 5], W2: [4321, 100] });
    const network = propose('odd', listing, { params: [] });
    assert.deepEqual(
      network.layers.map(({ type }) => type),
      ['conv', 'relu', 'maxpool', 'affine', 'softmax'],
    );
    assert.deepEqual(propose('none', listingOf({ x: [3], y: [] }), { params: [] }).layers, []);
    assert.deepEqual(propose('flat', listingOf({ W1: [784, 10] }), { params: [] }).input.shape, ['N', 784]);
  });

  it('takes no time on hostile shapes', function () {
    this.timeout(20_000);
    const shapes = Array.from(
      { length: 1000 },
      (_, i) => [`W${i}`, [2 ** 40, 2 ** 40, 2 ** 40, 2 ** 40]] as const,
    );
    const network = propose('huge', listingOf(Object.fromEntries(shapes)), { params: [] });
    assert.equal(network.layers.filter(({ type }) => type === 'conv').length, 1000);
  });
});
