// A convolution or a pooling on the engine's kernels, whose operands lie where they compute, as those of peers do. What was
// timed is handed back to them, as peers get back the memory of results that their callers drop.

/** @typedef {typeof import('./parts')} Parts */

/**
 * @param {Parts} parts
 * @param {() => import('./parts').Kernels} kernels
 * @param {import('./layers.mjs').ConvolutionLayer} layer
 * @param {import('./layers.mjs').Direction} direction
 * @param {import('./operands.mjs').Arrays} operands
 * @returns {import('./serve.mjs').Prepared}
 */
export function convolutionTask(
  { convolutionGeometry, finish, Tensor },
  kernels,
  layer,
  direction,
  operands,
) {
  const geometry = convolutionGeometry(layer.x, layer.W, layer);
  const { place, recycle } = placing(Tensor, kernels);
  const x = place(operands.x, layer.x);
  const W = place(operands.W, layer.W);
  const b = place(operands.b, [layer.W[0]]);
  const forward = () => ({ out: finish(kernels().convolve(x, W, b, geometry)) });
  if (direction === 'forward') return prepared(kernels, forward, recycle);
  const dout = place(operands.dout, forward().out.shape);
  return prepared(
    kernels,
    () => ({
      db: finish(kernels().biasGradient(dout)),
      dW: finish(kernels().weightGradient(dout, x, geometry)),
      dx: finish(kernels().convolutionInputGradient(dout, W, geometry)),
    }),
    recycle,
  );
}

/**
 * @param {Parts} parts
 * @param {() => import('./parts').Kernels} kernels
 * @param {import('./layers.mjs').PoolingLayer} layer
 * @param {import('./layers.mjs').Direction} direction
 * @param {import('./operands.mjs').Arrays} operands
 * @returns {import('./serve.mjs').Prepared}
 */
export function poolingTask({ finish, poolingGeometry, Tensor }, kernels, layer, direction, operands) {
  const geometry = poolingGeometry(layer.x, layer);
  const { place, recycle } = placing(Tensor, kernels);
  const x = place(operands.x, layer.x);
  const forward = () => finish(kernels().maxPool(x, geometry));
  if (direction === 'forward') return prepared(kernels, forward, recycle, ['out']);
  const { out, argMax } = forward();
  const dout = place(operands.dout, out.shape);
  return prepared(
    kernels,
    () => ({ dx: finish(kernels().maxInputGradient(dout, argMax, geometry)) }),
    recycle,
  );
}

/**
 * Brings operands where the kernels compute, and takes them back.
 * @param {Parts['Tensor']} Tensor
 * @param {() => import('./parts').Kernels} kernels
 */
function placing(Tensor, kernels) {
  /** @type {import('./parts').Tensor[]} */
  const placed = [];
  return {
    place(/** @type {Float32Array} */ numbers, /** @type {readonly number[]} */ shape) {
      const tensor = kernels().place(Tensor.wrap(numbers, shape, 'float32'));
      placed.push(tensor);
      return tensor;
    },
    recycle: () => placed.forEach(kernels().recycle),
  };
}

/**
 * @param {() => import('./parts').Kernels} kernels
 * @param {() => Record<string, import('./parts').Tensor>} compute
 * @param {() => void} dispose
 * @param {string[]} [names] of what is compared with the peers, if not all of it
 * @returns {import('./serve.mjs').Prepared}
 */
function prepared(kernels, compute, dispose, names) {
  return {
    dispose,
    run: () => Object.values(compute()).forEach(kernels().recycle),
    answer() {
      const results = compute();
      const compared = names ?? Object.keys(results);
      return Object.fromEntries(compared.map(name => [name, Float32Array.from(results[name].numbers())]));
    },
  };
}
