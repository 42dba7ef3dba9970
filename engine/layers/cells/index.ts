export * from './cellArrays';
export type * from './definitions';
export * from './maps';
export * from './running';
