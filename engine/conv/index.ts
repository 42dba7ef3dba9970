export * from './arrangement';
export * from './col2im';
export * from './geometry';
export * from './im2col';
export * from './layerGeometry';
export * from './operands';
export * from './readTaps';
