// Networks to measure steps through, with random weights.

/**
 * @typedef {import('../../engine').NetworkLayer} NetworkLayer
 * @typedef {Partial<Omit<NetworkLayer, 'type'>>} LayerParts
 */

/** Layers one after another, called type + number unless they have a name. */
function layerList() {
  /** @type {NetworkLayer[]} */
  const layers = [];
  /**
   * @param {NetworkLayer['type']} type
   * @param {LayerParts} [parts]
   * @returns {string} the layer's name
   */
  const add = (type, parts = {}) => {
    const name = `${type}${layers.length + 1}`;
    const from = [layers.at(-1)?.name ?? 'input'];
    layers.push({ name, type, from, attributes: {}, parameters: {}, ...parts });
    return layers[layers.length - 1].name;
  };
  return { layers, add };
}

/** SimpleConvNet of "Deep Learning from Scratch", section 7.5. @returns {import('../../engine').Network} */
export function simpleConvNet() {
  const { layers, add } = layerList();
  add('conv', { attributes: { filters: 30, size: 5 } });
  add('relu');
  add('maxpool', { attributes: { size: 2 } });
  add('affine', { attributes: { units: 100 } });
  add('relu');
  add('affine', { attributes: { units: 10 } });
  add('softmaxWithLoss', { target: Array.from({ length: 100 }, (_, n) => n % 10) });
  return { name: 'SimpleConvNet', input: { shape: ['N', 1, 28, 28] }, params: [], layers };
}

/** ResNet-50 (He et al. 2015, table 1) for pictures of 224×224. @returns {import('../../engine').Network} */
export function residualNetwork() {
  const { layers, add } = layerList();
  /** @param {number} filters @param {number} size @param {number} stride @param {string} [from] */
  const convolve = (filters, size, stride, from) => {
    const attributes = { filters, size, stride, pad: (size - 1) / 2 };
    add('conv', { attributes, ...(from === undefined ? {} : { from: [from] }) });
    return add('batchnorm');
  };
  convolve(64, 7, 2);
  add('relu');
  let x = add('maxpool', { attributes: { size: 3, stride: 2, pad: 1 } });
  [3, 4, 6, 3].forEach((blocks, stage) => {
    const filters = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const shortcut = block === 0 ? convolve(4 * filters, 1, stride, x) : x;
      convolve(filters, 1, stride, x);
      add('relu');
      convolve(filters, 3, 1);
      add('relu');
      const branch = convolve(4 * filters, 1, 1);
      add('add', { from: [branch, shortcut] });
      x = add('relu');
    }
  });
  add('globalavgpool');
  add('flatten');
  add('affine', { attributes: { units: 1000 } });
  add('softmax');
  return { name: 'ResNet-50', input: { shape: ['N', 3, 224, 224] }, params: [], layers };
}
