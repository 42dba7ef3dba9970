export * from './convolution';
export * from './layerTrace';
export * from './pooling';
export * from './runningLayer';
export * from './startConvolution';
export * from './startPooling';
export * from './tensorStore';
