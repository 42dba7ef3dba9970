import type { WindowGeometry } from '../conv';
import { Tensor } from '../tensor';
import { fillBlocks } from './cells';
import type { Work } from './work';

/** The maps (N, FN, OH, OW) of the rows (N·OH·OW, FN) of a matrix product, plus the bias. */
export function* toMaps(
  rows: Tensor,
  b: Tensor | null,
  { N, FN, vertical, horizontal }: WindowGeometry,
): Work<Tensor> {
  const pixels = vertical.out * horizontal.out;
  const maps = Tensor.zeros([N, FN, vertical.out, horizontal.out], rows.dtype);
  const from = rows.numbers();
  const to = maps.numbers();
  const bias = b?.numbers();
  for (let n = 0; n < N; n++)
    for (let f = 0; f < FN; f++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        const value = from[(n * pixels + pixel) * FN + f];
        to[(n * FN + f) * pixels + pixel] = bias ? value + bias[f] : value; // −0 + 0 would be 0
      }
      yield;
    }
  return maps;
}

/** The rows (N·OH·OW, FN) of maps (N, FN, OH, OW). */
export function* toRows(maps: Tensor): Work<Tensor> {
  const [N, FN, OH, OW] = maps.shape;
  const pixels = OH * OW;
  const rows = Tensor.zeros([N * pixels, FN], maps.dtype);
  const from = maps.numbers();
  const to = rows.numbers();
  for (let n = 0; n < N; n++)
    for (let f = 0; f < FN; f++) {
      for (let pixel = 0; pixel < pixels; pixel++)
        to[(n * pixels + pixel) * FN + f] = from[(n * FN + f) * pixels + pixel];
      yield;
    }
  return rows;
}

/** Rows (N, units) plus a number for each column. @param b (units,) */
export function addToRows(rows: Tensor, b: Tensor): Work<Tensor> {
  const from = rows.numbers();
  const extra = b.numbers();
  return fillBlocks(rows.shape, rows.dtype, (block, start) => {
    for (let i = 0; i < block.length; i++) block[i] = from[start + i] + extra[(start + i) % extra.length];
  });
}
