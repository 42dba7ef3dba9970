/** What the bench times of the engine, bundled for it into dist/bench: more than the public API has. */
export { convolutionGeometry, im2col, poolingGeometry } from '../../../engine/conv';
export {
  createSingleCrew,
  fastestSet,
  finish,
  kernels,
  paced,
  reference,
  type Kernels,
} from '../../../engine/kernels';
export { createArena } from '../../../engine/kernels/wasm/memory/arena';
export { packA, product } from '../../../engine/kernels/wasm/product/product';
export { inWorkspace, type Workspace } from '../../../engine/kernels/wasm/memory/workspace';
export { analyse } from '../../../engine/network';
export { adam, startNetwork, startTraining } from '../../../engine/run';
export { createSession } from '../../../engine/session';
export { rangeOf, Tensor, tensorSource } from '../../../engine/tensor';
export { arrayOf } from '../../../engine/trace';
export { reducePlane } from '../../../extension/worker/arrays/reducePlane';
export { loadValueLoops } from '../../../extension/worker/kernels/loadValueLoops';
export { loadKernels } from '../../../extension/worker/kernels/workerKernels';
