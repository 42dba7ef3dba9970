import { windowGeometry } from '../conv';
import { kernels, paced } from '../kernels';
import type { DType, LazyTensor, Shape, Tensor } from '../tensor';

type Lazy = Pick<LazyTensor, 'get'>;

/**
 * What sums the numbers of maps, or their products with those of other maps, over samples and pixels.
 * @param maps samples, maps of each, and the numbers of one
 * @param factors of what is summed; the first is asked for first: dout, as LayerOperands has it
 * @param shape of the sums: one for each map
 */
export function mapSums(
  dtype: DType,
  [N, C, pixels]: readonly [N: number, C: number, pixels: number],
  factors: readonly [maps: Lazy] | readonly [maps: Lazy, others: Lazy],
  shape: Shape,
): (signal?: AbortSignal) => Promise<Tensor> {
  const asMaps = (tensor: Tensor): Tensor => tensor.astype(dtype).reshape([N, C, 1, pixels]);
  // Products are summed as for the gradient of a depthwise convolution by 1×1 filters.
  const geometry = windowGeometry('sums', [N, C, 1, pixels], { FN: C, FH: 1, FW: 1, groups: C }, {});
  return async signal => {
    const [first, others] = factors;
    const maps = asMaps(await first.get(signal));
    const work = others
      ? kernels().weightGradient(maps, asMaps(await others.get(signal)), geometry)
      : kernels().biasGradient(maps);
    return (await paced(work, signal)).reshape(shape);
  };
}
