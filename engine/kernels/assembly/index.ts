// What the module exports: each function computes one tile of its work.
export { fill } from './fill';
