export { adam, type AdamOptions, type Optimizer, type Update } from './adam';
export * from './networkRun';
export * from './startNetwork';
export * from './train';
