export * from './explanation';
export * from './layerArrays';
export * from './links';
export * from './tapSums';
export * from './trace';
