import { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import { partsOf, type Ranges } from './convolutionBoxes';
import { lengthOf, placeBox } from '../memory/pieces';
import { inWorkspace, type Floats, type Machine } from '../memory/workspace';

/** Bytes of maps that lie in the memory of the kernels at a time: they are still in the cache when they are read. */
const STRIP_BYTES = 2 ** 20;

/** Filters of a tile, as the kernel has them; it has a sum for each. */
const FILTERS = 8;

/** db[f] = Σ_r dout[r, f]. @param dout (N, FN, OH, OW) */
export function* biasGradient(machine: Machine, variant: Variant, dout: Tensor): Work<Tensor> {
  const [N, FN, OH, OW] = dout.shape;
  const maps = dout.numbers() as Floats;
  const shape = [N, FN, OH * OW];
  const whole: Ranges<'n' | 'f' | 'pixel'> = { n: [0, N], f: [0, FN], pixel: [0, OH * OW] };
  const bytes = ({ n, f, pixel }: typeof whole): number =>
    lengthOf(n) * lengthOf(f) * lengthOf(pixel) * maps.BYTES_PER_ELEMENT;
  return yield* inWorkspace(machine, function* (workspace) {
    const sums = new Float64Array(Math.ceil(FN / FILTERS) * FILTERS);
    const sumsAt = workspace.take(sums.byteLength);
    workspace.write(sumsAt, sums);
    for (const { n, f, pixel } of partsOf(whole, ['n', 'f', 'pixel'], bytes, STRIP_BYTES, { f: FILTERS }))
      yield* inWorkspace(machine, function* (inner) {
        yield* inner.run(
          `sumMaps_${variant}`,
          {
            maps: placeBox(inner, maps, shape, [n, f, pixel]),
            samples: lengthOf(n),
            filters: lengthOf(f),
            pixels: lengthOf(pixel),
            sums: sumsAt + f[0] * Float64Array.BYTES_PER_ELEMENT,
          },
          Math.ceil(lengthOf(f) / FILTERS),
        );
      });
    workspace.read(sumsAt, sums);
    return Tensor.from(sums.subarray(0, FN), [FN], dout.dtype);
  });
}
