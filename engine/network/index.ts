export * from './analyse';
export * from './analysis';
export { readAttributes, type AttributeReader } from './kinds/attributes';
export * from './file';
export { isLayerType, kindOf, layerKinds } from './kinds';
export * from './kinds/kind';
export * from './network';
export { isClosed } from './openShape';
export { parameterAxes } from './parameters';
