import type { Tensor } from '../../tensor';
import type { AdamState, AdamStep } from '../adam';
import type { Work } from '../work';
import type { Variant } from './arithmetic';
import { inStrips } from './memory/strips';
import type { Floats, Machine } from './memory/workspace';

/** As {@link Kernels.adam}. */
export function adam(
  machine: Machine,
  variant: Variant,
  state: AdamState,
  gradient: Tensor,
  { step, meanShare, squareShare, epsilon }: AdamStep,
): Work<void> {
  const changed = ({ data }: Tensor) => ({ values: data as Floats, use: 'both' }) as const;
  const arrays = {
    values: changed(state.values),
    means: changed(state.means),
    squares: changed(state.squares),
    gradient: { values: gradient.numbers() as Floats, use: 'read' },
  } as const;
  return inStrips(machine, `adam_${variant}`, arrays, [step, meanShare, squareShare, epsilon]);
}
