import { checkIndex, ravel, ShapeError, Tensor, type DType, type Shape } from '../../../engine';
import { finish } from '../../../engine/kernels';
import { normalNumbers } from '../../../engine/run/random';
import type { UpstreamGradient } from '../../../webview/protocol';

/** The kinds that need no file. */
export type MadeGradient = Exclude<UpstreamGradient, { kind: 'file' }>;

/** @throws IndexError if the one cell lies outside of the shape, ShapeError if the seed is not a whole number */
export function checkGradient(gradient: MadeGradient, shape: Shape): void {
  if (gradient.kind === 'cell') checkIndex(gradient.index, shape);
  if (gradient.kind === 'random' && !Number.isInteger(gradient.seed))
    throw new ShapeError(`dout: the seed is ${gradient.seed}, it must be a whole number`);
}

/**
 * dout of the given shape. The same seed gives the same numbers everywhere.
 * @param gradient as {@link checkGradient} wants it
 */
export function makeGradient(gradient: MadeGradient, shape: Shape, dtype: DType): Tensor {
  switch (gradient.kind) {
    case 'ones':
      return Tensor.full(shape, 1, dtype);
    case 'arange':
      return Tensor.arange(shape, dtype);
    case 'random':
      return finish(normalNumbers(shape, 1, `${gradient.seed} dout`, dtype));
    case 'cell': {
      const dout = Tensor.zeros(shape, dtype);
      dout.data[ravel(gradient.index, shape)] = 1;
      return dout;
    }
  }
}
