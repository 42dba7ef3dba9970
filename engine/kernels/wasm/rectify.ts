import type { Tensor } from '../../tensor';
import type { Work } from '../work';
import { inWorkspace, type Floats, type Machine } from './workspace';

/** Numbers that are in the memory of the kernels at a time: they are still in the cache when they are read. */
const STRIP = 2 ** 18;

/** Numbers of one tile: some ten microseconds. */
const TILE = 2 ** 15;

/** As {@link Kernels.rectify}. */
export function* rectify(machine: Machine, x: Tensor, through: Tensor, slope?: number): Work<Tensor> {
  const result = machine.results.take(through.shape, through.dtype);
  const [from, values, to] = [x, through, result].map(tensor => tensor.numbers() as Floats);
  const bytes = to.BYTES_PER_ELEMENT;
  return yield* inWorkspace(machine, function* (workspace) {
    const strip = Math.min(STRIP, to.length);
    const out = workspace.take(strip * bytes);
    const xAt = workspace.take(strip * bytes);
    const throughAt = from === values ? xAt : workspace.take(strip * bytes);
    const slopeAt = slope === undefined ? 0 : workspace.place(Float64Array.of(slope));
    for (let start = 0; start < to.length; start += strip) {
      const end = Math.min(start + strip, to.length);
      workspace.write(xAt, from.subarray(start, end));
      if (throughAt !== xAt) workspace.write(throughAt, values.subarray(start, end));
      yield* workspace.run(
        `rectify_${8 * bytes}`,
        { x: xAt, through: throughAt, out, count: end - start, tileCount: TILE, slope: slopeAt },
        Math.ceil((end - start) / TILE),
      );
      workspace.read(out, to.subarray(start, end));
    }
    return result;
  });
}
