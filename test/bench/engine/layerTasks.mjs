// A convolution or a pooling on the engine's kernels. What was timed is handed back to them, as peers get back the memory
// of results that their callers drop.

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
  const x = Tensor.wrap(operands.x, layer.x, 'float32');
  const W = Tensor.wrap(operands.W, layer.W, 'float32');
  const b = Tensor.wrap(operands.b, [layer.W[0]], 'float32');
  const forward = () => ({ out: finish(kernels().convolve(x, W, b, geometry)) });
  if (direction === 'forward') return prepared(kernels, forward);
  const dout = Tensor.wrap(operands.dout, forward().out.shape, 'float32');
  return prepared(kernels, () => ({
    db: finish(kernels().biasGradient(dout)),
    dW: finish(kernels().weightGradient(dout, x, geometry)),
    dx: finish(kernels().convolutionInputGradient(dout, W, geometry)),
  }));
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
  const x = Tensor.wrap(operands.x, layer.x, 'float32');
  const forward = () => finish(kernels().maxPool(x, geometry));
  if (direction === 'forward') return prepared(kernels, forward, ['out']);
  const { out, argMax } = forward();
  const dout = Tensor.wrap(operands.dout, out.shape, 'float32');
  return prepared(kernels, () => ({ dx: finish(kernels().maxInputGradient(dout, argMax, geometry)) }));
}

/**
 * @param {() => import('./parts').Kernels} kernels
 * @param {() => Record<string, import('./parts').Tensor>} compute
 * @param {string[]} [names] of what is compared with the peers, if not all of it
 * @returns {import('./serve.mjs').Prepared}
 */
function prepared(kernels, compute, names) {
  return {
    run: () => Object.values(compute()).forEach(kernels().recycle),
    answer() {
      const results = compute();
      const compared = names ?? Object.keys(results);
      return Object.fromEntries(compared.map(name => [name, Float32Array.from(results[name].numbers())]));
    },
  };
}
