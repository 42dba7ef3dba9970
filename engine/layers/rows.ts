import { Tensor } from '../tensor';
import type { WindowGeometry } from '../conv';

/** The maps (N, FN, OH, OW) of the rows (N·OH·OW, FN) of a matrix product, plus the bias. */
export function toMaps(
  dot: Tensor,
  b: Tensor | null,
  { N, FN, vertical, horizontal }: WindowGeometry,
): Tensor {
  const pixels = vertical.out * horizontal.out;
  const out = Tensor.zeros([N, FN, vertical.out, horizontal.out], dot.dtype);
  const from = dot.numbers();
  const to = out.numbers();
  const bias = b?.numbers();
  for (let n = 0; n < N; n++)
    for (let f = 0; f < FN; f++)
      for (let pixel = 0; pixel < pixels; pixel++)
        to[(n * FN + f) * pixels + pixel] = from[(n * pixels + pixel) * FN + f] + (bias ? bias[f] : 0);
  return out;
}

/** The rows (N·OH·OW, FN) of maps (N, FN, OH, OW). */
export function toRows(maps: Tensor): Tensor {
  const [N, FN, OH, OW] = maps.shape;
  return maps.transpose([0, 2, 3, 1]).reshape([N * OH * OW, FN]);
}
