import { checkIndex, ravel, ShapeError, Tensor, type DType, type Shape } from '../../../engine';
import { finish } from '../../../engine/kernels';
import { normalNumbers } from '../../../engine/run/random';
import type { UpstreamGradient } from '../../../webview/protocol';

/** The kinds that need no file. */
export type MadeGradient = Exclude<UpstreamGradient, { kind: 'file' }>;

/**
 * dout of the given shape. The same seed gives the same numbers everywhere.
 * @throws IndexError if the one cell lies outside of it, ShapeError if the seed is not a whole number
 */
export function makeGradient(gradient: MadeGradient, shape: Shape, dtype: DType): Tensor {
  switch (gradient.kind) {
    case 'ones':
      return Tensor.full(shape, 1, dtype);
    case 'arange':
      return Tensor.arange(shape, dtype);
    case 'random':
      if (!Number.isInteger(gradient.seed))
        throw new ShapeError(`dout: the seed is ${gradient.seed}, it must be a whole number`);
      return finish(normalNumbers(shape, 1, `${gradient.seed} dout`, dtype));
    case 'cell': {
      checkIndex(gradient.index, shape);
      const dout = Tensor.zeros(shape, dtype);
      dout.data[ravel(gradient.index, shape)] = 1;
      return dout;
    }
  }
}
