import type { Tensor } from '../../tensor';
import type { Work } from '../work';
import { inStrips } from './strips';
import type { Floats, Machine } from './workspace';

/** As {@link Kernels.rectify}. */
export function* rectify(machine: Machine, x: Tensor, through: Tensor, slope?: number): Work<Tensor> {
  const result = machine.results.take(through.shape, through.dtype);
  const [from, values, to] = [x, through, result].map(tensor => tensor.numbers() as Floats);
  yield* inStrips(
    machine,
    `rectify_${8 * to.BYTES_PER_ELEMENT}`,
    {
      x: { values: from, use: 'read' },
      through: { values, use: 'read' },
      out: { values: to, use: 'write' },
    },
    slope === undefined ? [] : [slope],
  );
  return result;
}
