export * from './arrays';
export * from './channel';
export * from './panel';
export * from './run';
