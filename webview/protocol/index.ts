export * from './arrays';
export * from './boot';
export * from './channel';
export * from './panel';
export * from './run';
