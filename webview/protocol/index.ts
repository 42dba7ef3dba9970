export * from './arrayRequests';
export * from './arrays';
export * from './boot';
export * from './channel';
export * from './jsonNumbers';
export * from './panel';
export * from './run';
export * from './tensorFile';
