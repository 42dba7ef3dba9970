export type { Crew, Job, Kernel } from './crew';
export { createSingleCrew } from './crew';
export { createWasmKernels } from './kernels';
export { fastestSet } from './probe';
export * from './threads';
export { createValueLoops } from './valueLoops';
