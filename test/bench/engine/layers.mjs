// What is timed: layers by their shapes.

/**
 * @typedef {object} WindowAttributes
 * @property {number} stride
 * @property {number} pad
 * @property {number} dilation
 * @property {number} groups
 */
/** @typedef {{ kind: 'convolution', name: string, x: number[], W: number[] } & WindowAttributes} ConvolutionLayer */
/** @typedef {{ kind: 'pooling', name: string, x: number[], size: number, stride: number }} PoolingLayer */
/**
 * @typedef {object} NetworkLayer
 * @property {'network'} kind
 * @property {string} name
 * @property {number[]} x
 * @property {number} filters
 * @property {number} size of the filters
 * @property {number[]} units
 * @property {number} checked steps of training whose losses must be right
 */
/** @typedef {ConvolutionLayer | PoolingLayer | NetworkLayer} Layer */
/** @typedef {'forward' | 'backward' | 'train'} Direction */

/** As the reader of a table knows it. @param {readonly number[]} shape */
export function shapeText(shape) {
  return `(${shape.join(',')})`;
}

/**
 * @param {number[]} x (N, C, H, W)
 * @param {number[]} W (FN, C/groups, FH, FW)
 * @param {Partial<WindowAttributes>} [attributes]
 * @returns {ConvolutionLayer}
 */
export function convolution(x, W, { stride = 1, pad = 0, dilation = 1, groups = 1 } = {}) {
  const attributes = [
    stride > 1 && `s${stride}`,
    pad > 0 && `p${pad}`,
    dilation > 1 && `d${dilation}`,
    groups > 1 && `g${groups}`,
  ];
  const name = [shapeText(x), '*', shapeText(W), ...attributes.filter(Boolean)].join(' ');
  return { kind: 'convolution', name, x, W, stride, pad, dilation, groups };
}

/** The layer of SimpleConvNet on MNIST. */
export const mnist = convolution([100, 1, 28, 28], [30, 1, 5, 5]);
/** One digit through it. */
export const digit = convolution([1, 1, 28, 28], [30, 1, 5, 5]);
/** The layer whose product is the largest. */
export const largest = convolution([1, 256, 56, 56], [256, 256, 3, 3], { pad: 1 });
/** The layer whose im2col matrix is the first of a ResNet's many. */
export const residual = convolution([1, 64, 56, 56], [64, 64, 3, 3], { pad: 1 });

export const convolutions = [
  mnist,
  residual,
  convolution([1, 3, 224, 224], [64, 3, 7, 7], { stride: 2, pad: 3 }),
  largest,
  convolution([1, 256, 14, 14], [1024, 256, 1, 1]),
  convolution([1, 32, 112, 112], [32, 1, 3, 3], { pad: 1, groups: 32 }),
  convolution([1, 64, 56, 56], [64, 64, 3, 3], { dilation: 2 }),
  convolution([1, 128, 28, 28], [128, 32, 3, 3], { groups: 4 }),
  convolution([1, 128, 56, 56], [128, 128, 3, 3], { stride: 2 }),
  convolution([32, 64, 14, 14], [128, 64, 3, 3]),
];

/** @type {PoolingLayer} */
const pooling = {
  kind: 'pooling',
  name: 'max pool (32,64,56,56) 3×3 s2',
  x: [32, 64, 56, 56],
  size: 3,
  stride: 2,
};

/**
 * SimpleConvNet of "Deep Learning from Scratch", section 7.5: conv, relu, max pool 2×2, affine, relu, affine, loss.
 * @type {NetworkLayer}
 */
const network = {
  kind: 'network',
  name: 'SimpleConvNet, batch 100, Adam',
  x: [100, 1, 28, 28],
  filters: 30,
  size: 5,
  units: [100, 10],
  checked: 5,
};

/** Everything peers are asked for too. @type {{ layer: Layer, directions: Direction[] }[]} */
export const tasks = [
  ...[...convolutions, pooling].map(layer => ({
    layer,
    directions: /** @type {Direction[]} */ (['forward', 'backward']),
  })),
  { layer: network, directions: ['train'] },
];

/** Extents of the output along H and W. @param {ConvolutionLayer | PoolingLayer} layer */
export function outputExtents(layer) {
  const [, , H, W] = layer.x;
  const [FH, FW] = layer.kind === 'pooling' ? [layer.size, layer.size] : layer.W.slice(2);
  const { pad, dilation } = layer.kind === 'pooling' ? { pad: 0, dilation: 1 } : layer;
  const extent = (/** @type {number} */ size, /** @type {number} */ window) =>
    Math.floor((size + 2 * pad - dilation * (window - 1) - 1) / layer.stride) + 1;
  return [extent(H, FH), extent(W, FW)];
}

/** Shape of the output. @param {ConvolutionLayer | PoolingLayer} layer */
export function outputShape(layer) {
  const [N, C] = layer.x;
  return [N, layer.kind === 'pooling' ? C : layer.W[0], ...outputExtents(layer)];
}

/** Multiplications and additions of one pass forward. @param {ConvolutionLayer} layer */
export function operations(layer) {
  const size = (/** @type {number[]} */ shape) => shape.reduce((product, extent) => product * extent, 1);
  return (2 * size(outputShape(layer)) * size(layer.W)) / layer.W[0];
}
