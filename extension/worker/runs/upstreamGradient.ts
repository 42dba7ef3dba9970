import { checkIndex, ravel, ShapeError, sizeOf, Tensor, type DType, type Shape } from '../../../engine';
import type { UpstreamGradient } from '../../../webview/protocol';

/** The kinds that need no file. */
export type MadeGradient = Exclude<UpstreamGradient, { kind: 'file' }>;

/**
 * dout of the given shape.
 * @throws IndexError if the one cell lies outside of it, ShapeError if the seed is not a whole number
 */
export function makeGradient(gradient: MadeGradient, shape: Shape, dtype: DType): Tensor {
  switch (gradient.kind) {
    case 'ones':
      return Tensor.full(shape, 1, dtype);
    case 'arange':
      return Tensor.arange(shape, dtype);
    case 'random':
      return Tensor.from(normalNumbers(gradient.seed, sizeOf(shape)), shape, dtype);
    case 'cell': {
      checkIndex(gradient.index, shape);
      const dout = Tensor.zeros(shape, dtype);
      dout.data[ravel(gradient.index, shape)] = 1;
      return dout;
    }
  }
}

/**
 * `count` numbers of the standard normal distribution: mulberry32 (T. Ettinger, 2017) as the source of uniform
 * numbers, two of which make one by Box and Muller's transform. The same seed gives the same numbers everywhere.
 */
function normalNumbers(seed: number, count: number): Float64Array {
  if (!Number.isInteger(seed)) throw new ShapeError(`dout: the seed is ${seed}, it must be a whole number`);
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
