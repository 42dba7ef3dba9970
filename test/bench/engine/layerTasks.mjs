// A convolution or a pooling on the engine's kernels.

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
  if (direction === 'forward') {
    const run = () => finish(kernels().convolve(x, W, b, geometry));
    return { run, answer: () => ({ out: values(run()) }) };
  }
  const { shape } = finish(kernels().convolve(x, W, b, geometry));
  const dout = Tensor.wrap(operands.dout, shape, 'float32');
  const run = () => ({
    db: finish(kernels().biasGradient(dout)),
    dW: finish(kernels().weightGradient(dout, x, geometry)),
    dx: finish(kernels().convolutionInputGradient(dout, W, geometry)),
  });
  return {
    run,
    answer() {
      const { db, dW, dx } = run();
      return { db: values(db), dW: values(dW), dx: values(dx) };
    },
  };
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
  if (direction === 'forward') return { run: forward, answer: () => ({ out: values(forward().out) }) };
  const { out, argMax } = forward();
  const dout = Tensor.wrap(operands.dout, out.shape, 'float32');
  const backward = () => finish(kernels().maxInputGradient(dout, argMax, geometry));
  return { run: backward, answer: () => ({ dx: values(backward()) }) };
}

/** @param {import('./parts').Tensor} tensor */
function values(tensor) {
  return Float32Array.from(tensor.numbers());
}
