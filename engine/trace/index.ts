export * from './arrangement';
export * from './explanation';
export * from './trace';
