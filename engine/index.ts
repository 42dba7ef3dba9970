export * from './conv';
export * from './errors';
export * from './layers';
export * from './tensor';
export * from './trace';
