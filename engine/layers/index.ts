export * from './convolution';
export * from './layerTrace';
export * from './pooling';
export * from './runningLayer';
