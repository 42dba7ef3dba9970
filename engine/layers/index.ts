export * from './pooling';
