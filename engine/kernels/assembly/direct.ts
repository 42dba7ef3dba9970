import { bytes, copyNumber, lanes, loadLanes, multiplyAdd, roundLanes, splat, storeLanes } from './lanes';
import { panelsOf } from './panels';

/** Arguments of {@link direct}. */
@unmanaged
export class Direct {
  /** Planes with their padding; bytes from a sample and a group to the next, and from a row of windows to the next. */
  x: usize;
  xSample: i32;
  xGroup: i32;
  xRow: i32;
  /** Filters (groups · m, k), and a number for each that is added to its map. */
  filters: usize;
  bias: usize;
  groups: i32;
  m: i32;
  k: i32;
  /** Offsets in bytes of the taps of a window. */
  taps: usize;
  /** Maps of OH · OW numbers, for each sample groups · m of them. */
  out: usize;
  OH: i32;
  OW: i32;
  /** Rows of all maps, and of one tile of work, and how many columns of them. */
  rows: i32;
  rowsPerTile: i32;
  columnsPerTile: i32;
}

/**
 * Convolution where a group has too few filters to fill micropanels, as a depthwise one: windows side by side grow in
 * the lanes of vectors, straight from the planes.
 */
export function direct<T, P>(p: Direct, tile: i32, scratch: usize): void {
  const across = panelsOf(p.OW, p.columnsPerTile);
  const first = (tile % across) * p.columnsPerTile;
  const last = min(first + p.columnsPerTile, p.OW);
  const top = (tile / across) * p.rowsPerTile;
  const end = min(top + p.rowsPerTile, p.rows);
  for (let row = top; row < end; row++) {
    const map = row / p.OH;
    const sample = map / (p.groups * p.m);
    const filter = map % (p.groups * p.m);
    const from = p.x + sample * p.xSample + (filter / p.m) * p.xGroup + (row % p.OH) * p.xRow;
    const weights = p.filters + filter * p.k * bytes<T>();
    const to = p.out + row * p.OW * bytes<T>();
    const bias = splat<T, T>(p.bias + filter * bytes<T>());
    const step = 4 * lanes<P>();
    for (let ow = first; ow < last; ow += step) {
      const count = last - ow;
      const sums = count < step ? scratch : to + ow * bytes<T>();
      convolveWindows<T, P>(p, from + ow * bytes<T>(), weights, bias, sums);
      for (let i = 0; i < count && count < step; i++)
        copyNumber<T, T>(to + (ow + i) * bytes<T>(), sums + i * bytes<T>());
    }
  }
}

/** Four vectors of windows side by side. They may lie past the end of a row: there is memory behind all planes. */
function convolveWindows<T, P>(p: Direct, from: usize, weights: usize, bias: v128, to: usize): void {
  const step = lanes<P>() * bytes<T>();
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let k = 0; k < p.k; k++, weights += bytes<T>()) {
    const weight = splat<T, P>(weights);
    const at = from + load<i32>(p.taps + 4 * k);
    s0 = multiplyAdd<T, P>(weight, loadLanes<T, P>(at), s0);
    s1 = multiplyAdd<T, P>(weight, loadLanes<T, P>(at + step), s1);
    s2 = multiplyAdd<T, P>(weight, loadLanes<T, P>(at + 2 * step), s2);
    s3 = multiplyAdd<T, P>(weight, loadLanes<T, P>(at + 3 * step), s3);
  }
  storeLanes<T, P>(to, v128.add<T>(roundLanes<T, P>(s0), bias));
  storeLanes<T, P>(to + step, v128.add<T>(roundLanes<T, P>(s1), bias));
  storeLanes<T, P>(to + 2 * step, v128.add<T>(roundLanes<T, P>(s2), bias));
  storeLanes<T, P>(to + 3 * step, v128.add<T>(roundLanes<T, P>(s3), bias));
}
