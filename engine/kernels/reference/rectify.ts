import type { Tensor } from '../../tensor';
import { fillBlocks } from '../cells';
import type { Work } from '../work';

/** As {@link Kernels.rectify}. */
export function* rectify(x: Tensor, through: Tensor, slope?: number): Work<Tensor> {
  const from = x.numbers();
  const values = through.numbers();
  return yield* fillBlocks(through.shape, through.dtype, (block, start) => {
    for (let i = 0; i < block.length; i++) {
      const value = values[start + i];
      block[i] = from[start + i] <= 0 ? (slope === undefined ? 0 : slope * value) : value;
    }
  });
}
