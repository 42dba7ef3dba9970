export * from './analysis';
export * from './kinds/kind';
export * from './network';
