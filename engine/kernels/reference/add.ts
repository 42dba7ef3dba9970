import type { DType, Tensor } from '../../tensor';
import { fillBlocks } from '../cells';
import type { Work } from '../work';

/** As {@link Kernels.add}. */
export function* add(summands: readonly Tensor[], dtype: DType): Work<Tensor> {
  const [first, ...others] = summands.map(tensor => tensor.numbers());
  return yield* fillBlocks(summands[0].shape, dtype, (block, start) => {
    for (let i = 0; i < block.length; i++) {
      let sum = first[start + i];
      for (const summand of others) sum += summand[start + i];
      block[i] = sum;
    }
  });
}
