import { inputPosition, paddedSize, type SpatialAxis, type TapReader, type WindowGeometry } from '../conv';
import { Tensor } from '../tensor';
import type { Work } from './work';

/**
 * Calls `visit` for the taps of one window that lie inside x, in tap order; padding never takes part.
 * @param visit gets the tap's position in x and its number in the window (fh·FW + fw)
 */
function visitInside(
  { C, vertical, horizontal }: WindowGeometry,
  n: number,
  c: number,
  oh: number,
  ow: number,
  visit: (position: number, tap: number) => void,
): void {
  const { size: H, window: FH } = vertical;
  const { size: W, window: FW } = horizontal;
  for (let fh = 0; fh < FH; fh++) {
    const h = inputPosition(vertical, oh, fh);
    if (h < 0 || h >= H) continue;
    for (let fw = 0; fw < FW; fw++) {
      const w = inputPosition(horizontal, ow, fw);
      if (w >= 0 && w < W) visit(((n * C + c) * H + h) * W + w, fh * FW + fw);
    }
  }
}

/** What a pooling found: its output, and for a maximum which tap of each window won. */
export interface Pooled {
  /** (N·OH·OW·C,), channels fastest, as the book's Pooling orders its windows. */
  readonly rows: Tensor;
  /** (N·OH·OW·C,) int32: flat index of the winner inside its window. Undefined for an average. */
  readonly argMax?: Tensor;
}

/** Runs `pool` for every window in the order of {@link Pooled.rows}. */
function* eachWindow(
  { N, C, vertical, horizontal }: WindowGeometry,
  pool: (row: number, n: number, c: number, oh: number, ow: number) => void,
): Work<void> {
  let row = 0;
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < vertical.out; oh++) {
      for (let ow = 0; ow < horizontal.out; ow++) for (let c = 0; c < C; c++) pool(row++, n, c, oh, ow);
      yield;
    }
}

function windowCount({ N, C, vertical, horizontal }: WindowGeometry): number {
  return N * vertical.out * horizontal.out * C;
}

/** Largest value of every window; the first one wins a tie, a NaN wins over everything, as NumPy's argmax has it. */
export function* maxPool(x: Tensor, geometry: WindowGeometry): Work<Required<Pooled>> {
  const values = x.numbers();
  const rows = Tensor.zeros([windowCount(geometry)], x.dtype);
  const argMax = Tensor.zeros(rows.shape, 'int32');
  const best = rows.numbers();
  const winner = argMax.numbers();
  let row = 0;
  let found = false;
  const consider = (position: number, tap: number): void => {
    const value = values[position];
    if (!found || value > best[row] || (Number.isNaN(value) && !Number.isNaN(best[row]))) {
      best[row] = value;
      winner[row] = tap;
      found = true;
    }
  };
  yield* eachWindow(geometry, (r, n, c, oh, ow) => {
    row = r;
    found = false;
    best[row] = -Infinity; // what a window of nothing but padding yields
    visitInside(geometry, n, c, oh, ow, consider);
  });
  return { rows, argMax };
}

/** Mean of every window. */
export function* averagePool(x: Tensor, geometry: WindowGeometry, countIncludePad: boolean): Work<Pooled> {
  const values = x.numbers();
  const rows = Tensor.zeros([windowCount(geometry)], x.dtype);
  const means = rows.numbers();
  let sum = 0;
  const add = (position: number): void => {
    sum += values[position];
  };
  yield* eachWindow(geometry, (row, n, c, oh, ow) => {
    sum = 0;
    visitInside(geometry, n, c, oh, ow, add);
    means[row] = sum / averageDivisor(geometry, countIncludePad, oh, ow);
  });
  return { rows };
}

/**
 * What a window's sum is divided by: its taps inside x, or with `countIncludePad` those inside x and its padding
 * (a window that ceil mode lets reach even further never counts the rest), as PyTorch's avg_pool2d defines it.
 */
export function averageDivisor(
  { vertical, horizontal }: WindowGeometry,
  countIncludePad: boolean,
  oh: number,
  ow: number,
): number {
  return tapsCounted(vertical, countIncludePad, oh) * tapsCounted(horizontal, countIncludePad, ow);
}

function tapsCounted(axis: SpatialAxis, countIncludePad: boolean, o: number): number {
  let count = 0;
  for (let tap = 0; tap < axis.window; tap++) {
    const position = inputPosition(axis, o, tap);
    const inside = position >= 0 && position < axis.size;
    if (inside || (countIncludePad && position + axis.before < paddedSize(axis))) count++;
  }
  return count;
}

/** Gradient of the windows of a max pooling: the winner gets all of dout, the others nothing. @param dout (N, C, OH, OW) */
export function maxGradientReader(dout: Tensor, argMax: Tensor, geometry: WindowGeometry): TapReader {
  const { C, vertical, horizontal } = geometry;
  const gradient = dout.numbers();
  const winners = argMax.numbers();
  const { out: OH } = vertical;
  const { out: OW } = horizontal;
  return (n, c, fh, fw, oh, ow) =>
    winners[((n * OH + oh) * OW + ow) * C + c] === fh * horizontal.window + fw
      ? gradient[((n * C + c) * OH + oh) * OW + ow]
      : 0;
}

/** Gradient of the windows of an average pooling: every tap gets dout / divisor. @param dout (N, C, OH, OW) */
export function averageGradientReader(
  dout: Tensor,
  geometry: WindowGeometry,
  countIncludePad: boolean,
): TapReader {
  const { C, vertical, horizontal } = geometry;
  const gradient = dout.numbers();
  const round = dout.dtype === 'float32' ? Math.fround : (value: number) => value;
  return (n, c, _fh, _fw, oh, ow) =>
    round(
      gradient[((n * C + c) * vertical.out + oh) * horizontal.out + ow] /
        averageDivisor(geometry, countIncludePad, oh, ow),
    );
}
