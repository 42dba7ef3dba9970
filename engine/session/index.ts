export { createSession } from './createSession';
export { layerExpression } from './naming/layerExpression';
export { previewOf } from './preview';
export * from './session';
