export * from './cells';
export * from './concat';
export * from './matmul';
export * from './reference';
export * from './referencePooling';
export * from './work';
