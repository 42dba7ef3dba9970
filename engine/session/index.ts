export { createSession } from './createSession';
export * from './session';
