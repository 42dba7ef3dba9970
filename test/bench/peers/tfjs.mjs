// node --require tfjsThreads.cjs tfjs.mjs LIBRARY WASM_FOLDER THREADS
import { createRequire } from 'node:module';
import { serve, Unsupported } from '../engine/serve.mjs';

const [, , library, wasmFolder, threads] = process.argv;
const tf = createRequire(import.meta.url)(library);
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', Number(threads) > 1);
tf.setThreadsCount(Number(threads));
tf.setWasmPaths(wasmFolder);
await tf.setBackend('wasm');
if (tf.getThreadsCount() !== Number(threads)) throw new Error(`tfjs took ${tf.getThreadsCount()} threads`);

/** It has channels last: (N, H, W, C), filters (FH, FW, C, FN). */
const channelsLast = (
  /** @type {Float32Array} */ values,
  /** @type {number[]} */ shape,
  /** @type {number[]} */ axes,
) => {
  const tensor = tf.tensor(values, shape);
  const moved = tf.transpose(tensor, axes);
  tensor.dispose();
  return moved;
};

/** @returns {any} computes the output */
function operation(/** @type {import('../engine/serve.mjs').Task} */ { layer, operands }) {
  const x = channelsLast(operands.x, layer.x, [0, 2, 3, 1]);
  if (layer.kind === 'pooling') return () => tf.maxPool(x, layer.size, layer.stride, 'valid');
  if (layer.kind === 'network') throw new Unsupported('its WebAssembly does not train');
  const { stride: strides, pad, dilation: dilations, groups } = layer;
  const bias = tf.tensor(operands.b);
  if (groups === 1) {
    const filter = channelsLast(operands.W, layer.W, [2, 3, 1, 0]);
    return () => tf.fused.conv2d({ x, filter, bias, strides, pad, dilations });
  }
  if (groups !== layer.x[1] || groups !== layer.W[0]) throw new Unsupported('it has no groups');
  const filter = channelsLast(operands.W, layer.W, [2, 3, 0, 1]);
  return () => tf.fused.depthwiseConv2d({ x, filter, bias, strides, pad, dilations });
}

await serve(task => {
  if (task.direction !== 'forward') throw new Unsupported('its WebAssembly does not go back');
  tf.disposeVariables();
  tf.engine().startScope();
  const run = operation(task);
  let out = run();
  return {
    run() {
      out.dispose();
      out = run();
    },
    answer: () => ({ out: tf.transpose(out, [0, 3, 1, 2]).dataSync() }),
    dispose: () => tf.engine().endScope(),
  };
});
