export * from './arraySource';
export * from './dtype';
export * from './shape';
export * from './tensor';
export * from './sliceExpression';
export * from './stats';
export * from './text';
export { formatFloat } from './floatText';
export * from './slicedSource';
