/** What the bench times of the engine, bundled for it into dist/bench: more than the public API has. */
export { convolutionGeometry, im2col, poolingGeometry } from '../../../engine/conv';
export { finish, kernels, reference, type Kernels } from '../../../engine/kernels';
export type { Network } from '../../../engine/network';
export { startNetwork } from '../../../engine/run';
export { Tensor } from '../../../engine/tensor';
