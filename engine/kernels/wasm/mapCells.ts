import type { Tensor } from '../../tensor';
import type { CellFunction, Factors } from '../cellFunction';
import type { Work } from '../work';
import type { Variant } from './arithmetic';
import { inStrips } from './memory/strips';
import type { Floats, Machine } from './memory/workspace';

/** Bytes of a vector. */
const VECTOR = 16;

/** As {@link Kernels.mapCells}, and the sum of two tensors. */
export function* mapCells(
  machine: Machine,
  variant: Variant,
  f: CellFunction | 'add',
  [a, b = a]: readonly Tensor[],
  { run, values }: Factors = { run: Infinity, values: [] },
): Work<Tensor> {
  const out = machine.results.take(a.shape, a.dtype);
  const sets = values.at(0)?.length ?? 1;
  const factors = new Float64Array(sets * values.length);
  values.forEach((ofSets, index) => {
    for (let set = 0; set < sets; set++) factors[set * values.length + index] = ofSets[set];
  });
  const more = { run: Math.min(run, a.size), sets, setBytes: values.length * factors.BYTES_PER_ELEMENT };
  const [read, alsoRead, written] = [a, b, out].map(tensor => tensor.numbers() as Floats);
  const arrays = {
    a: { values: read, use: 'read' },
    b: { values: alsoRead, use: 'read' },
    out: { values: written, use: 'write' },
  } as const;
  yield* inStrips(machine, `${f}_${variant}`, arrays, factors, more, VECTOR);
  return out;
}
