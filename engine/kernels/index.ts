export * from './cells';
export * from './concat';
export * from './matmul';
export * from './convolution';
export * from './inputGradient';
export * from './pooling';
export * from './work';
