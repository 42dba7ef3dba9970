export { createSession } from './createSession';
export { previewOf } from './preview';
export * from './session';
