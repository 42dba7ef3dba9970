import { Tensor } from '../../../engine';
import { kernels, matrix, paced } from '../../../engine/kernels';

/** Of the matrices that are multiplied. */
export const SIDE = 512;
const MILLISECONDS = 500;

/**
 * The speed of the kernels that are in use: of several products of float32 matrices the fastest.
 * @returns 10⁹ multiplications and additions per second
 * @throws CancelledError
 */
export async function measureSpeed(signal: AbortSignal): Promise<number> {
  const factor = matrix(Tensor.full([SIDE, SIDE], 1, 'float32'));
  const end = performance.now() + MILLISECONDS;
  let best = Infinity;
  while (performance.now() < end) {
    const start = performance.now();
    await paced(kernels().matmul(factor, factor, 'float32'), signal);
    best = Math.min(best, performance.now() - start);
  }
  return (2 * SIDE ** 3) / best / 1e6;
}
