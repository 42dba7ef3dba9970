import { inputPosition, paddedSize, type SpatialAxis, type TapReader, type WindowGeometry } from '../../conv';
import { Tensor } from '../../tensor';
import type { Work } from '../work';

/** For each window along an axis the taps that lie inside x, and where; padding never takes part. */
export function tapsInside(axis: SpatialAxis): readonly Landing[][] {
  return Array.from({ length: axis.out }, (_, o) =>
    Array.from({ length: axis.window }, (_, tap) => ({ tap, position: inputPosition(axis, o, tap) })).filter(
      ({ position }) => position >= 0 && position < axis.size,
    ),
  );
}

interface Landing {
  readonly tap: number;
  readonly position: number;
}

/** What a pooling found: its output, and for a maximum which tap of each window won. */
export interface Pooled {
  /** (N·OH·OW·C,), channels fastest, as the book's Pooling orders its windows. */
  readonly rows: Tensor;
  /** (N·OH·OW·C,) int32: flat index of the winner inside its window. Undefined for an average. */
  readonly argMax?: Tensor;
}

/**
 * Runs `pool` for every window in the order of {@link Pooled.rows}.
 * @param pool gets the window's number, where its plane begins in x, and its taps inside x
 */
function* eachWindow(
  { N, C, vertical, horizontal }: WindowGeometry,
  pool: (r: number, plane: number, down: readonly Landing[], across: readonly Landing[]) => void,
): Work<void> {
  const rows = tapsInside(vertical);
  const columns = tapsInside(horizontal);
  const size = vertical.size * horizontal.size;
  let r = 0;
  for (let n = 0; n < N; n++)
    for (const down of rows) {
      for (const across of columns) for (let c = 0; c < C; c++) pool(r++, (n * C + c) * size, down, across);
      yield;
    }
}

function windowCount({ N, C, vertical, horizontal }: WindowGeometry): number {
  return N * vertical.out * horizontal.out * C;
}

/** Largest value of every window; the first one wins a tie, a NaN wins over everything, as NumPy's argmax has it. */
export function* maxPool(x: Tensor, geometry: WindowGeometry): Work<Required<Pooled>> {
  const { size: W, window: FW } = geometry.horizontal;
  const values = x.numbers();
  const rows = Tensor.zeros([windowCount(geometry)], x.dtype);
  const argMax = Tensor.zeros(rows.shape, 'int32');
  const largest = rows.numbers();
  const winners = argMax.numbers();
  yield* eachWindow(geometry, (r, plane, down, across) => {
    let best = -Infinity; // what a window of nothing but padding yields
    let winner = -1;
    for (const { tap: fh, position: h } of down)
      for (const { tap: fw, position: w } of across) {
        const value = values[plane + h * W + w];
        if (winner < 0 || value > best || (Number.isNaN(value) && !Number.isNaN(best))) {
          best = value;
          winner = fh * FW + fw;
        }
      }
    largest[r] = best;
    winners[r] = Math.max(winner, 0);
  });
  return { rows, argMax };
}

/** Mean of every window. */
export function* averagePool(x: Tensor, geometry: WindowGeometry, countIncludePad: boolean): Work<Pooled> {
  const { vertical, horizontal, C } = geometry;
  const values = x.numbers();
  const rows = Tensor.zeros([windowCount(geometry)], x.dtype);
  const means = rows.numbers();
  yield* eachWindow(geometry, (r, plane, down, across) => {
    let sum = 0;
    for (const { position: h } of down)
      for (const { position: w } of across) sum += values[plane + h * horizontal.size + w];
    const window = Math.floor(r / C);
    const [oh, ow] = [Math.floor(window / horizontal.out) % vertical.out, window % horizontal.out];
    means[r] = sum / averageDivisor(geometry, countIncludePad, oh, ow);
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

export function tapsCounted(axis: SpatialAxis, countIncludePad: boolean, o: number): number {
  let count = 0;
  for (let tap = 0; tap < axis.window; tap++) {
    const position = inputPosition(axis, o, tap);
    const inside = position >= 0 && position < axis.size;
    if (inside || (countIncludePad && position + axis.before < paddedSize(axis))) count++;
  }
  return count;
}

/**
 * Gradient of the input of a max pooling: the winner of each window gets all of its dout.
 * @param dout (N, C, OH, OW)
 * @param argMax (N·OH·OW·C,)
 * @returns dx (N, C, H, W)
 */
export function* maxInputGradient(dout: Tensor, argMax: Tensor, geometry: WindowGeometry): Work<Tensor> {
  const { N, C, vertical, horizontal } = geometry;
  const { size: H, out: OH } = vertical;
  const { size: W, out: OW, window: FW } = horizontal;
  const dx = Tensor.zeros([N, C, H, W], dout.dtype);
  const pixels = dx.numbers();
  const gradient = dout.numbers();
  const winners = argMax.numbers();
  for (let n = 0; n < N; n++)
    // The last window first, as a convolution's: so the sums of overlapping windows are rounded alike.
    for (let oh = OH - 1; oh >= 0; oh--) {
      for (let ow = OW - 1; ow >= 0; ow--)
        for (let c = 0; c < C; c++) {
          const winner = winners[((n * OH + oh) * OW + ow) * C + c];
          const h = inputPosition(vertical, oh, Math.floor(winner / FW));
          const w = inputPosition(horizontal, ow, winner % FW);
          // Of a window of nothing but padding the winner is no pixel.
          if (h < 0 || h >= H || w < 0 || w >= W) continue;
          pixels[((n * C + c) * H + h) * W + w] += gradient[((n * C + c) * OH + oh) * OW + ow];
        }
      yield;
    }
  return dx;
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
