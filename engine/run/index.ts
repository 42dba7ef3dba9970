export { adam, type AdamOptions, type Optimizer, type Update } from './adam';
export type { Batch, TrainingOptions } from './batchRuns';
export * from './networkRun';
export * from './startNetwork';
export * from './train';
