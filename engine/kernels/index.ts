export * from './reference';
export * from './referencePooling';
export * from './work';
