// node onnxruntime.mjs onnxruntime-web|onnxruntime-node THREADS
import { serve, Unsupported } from '../engine/serve.mjs';
import { onnxModel } from './onnxModel.mjs';

const [, , library] = process.argv;
const ort = await import(library);

await serve(async ({ layer, direction, threads, operands }) => {
  if (layer.kind === 'network' || direction !== 'forward') throw new Unsupported('it does not train');
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(onnxModel(layer, operands), {
    executionProviders: [library === 'onnxruntime-web' ? 'wasm' : 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const x = new ort.Tensor('float32', operands.x, layer.x);
  /** @type {Float32Array} */
  let out;
  return {
    run: async () => (out = (await session.run({ x })).out.data),
    answer: () => ({ out }),
    dispose: () => session.release(),
  };
});
