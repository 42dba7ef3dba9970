import { VECTOR } from '../lanes';
import { MR, panelsOf } from '../panels';
import { filterMatrixBytes, filterPanelBytes, Winograd } from './arguments';
import { PRODUCTS, TAPS, TILE_IN, transformFilter } from './transforms';

/**
 * Transforms the filters and packs them: the micropanels hold MR filters for each channel. One tile is one micropanel of
 * each product's matrix. A vector holds four numbers of a micropanel, whichever filters and channels they belong to.
 */
export function transformFilters(w: Winograd, tile: i32, scratch: usize): void {
  const panels = panelsOf(w.m, MR<f32>());
  const group = tile / panels;
  const first = (tile % panels) * MR<f32>();
  const step = filterMatrixBytes(w);
  let to = w.transformed + group * PRODUCTS * step + (tile % panels) * filterPanelBytes(w);
  for (let cell = 0; cell < w.channels * MR<f32>(); cell += 4, to += VECTOR) {
    const f0 = filterAt(w, group, first, cell);
    const f1 = filterAt(w, group, first, cell + 1);
    const f2 = filterAt(w, group, first, cell + 2);
    const f3 = filterAt(w, group, first, cell + 3);
    for (let column = 0; column < 3; column++) {
      const g0 = gather(f0, f1, f2, f3, column);
      const g1 = gather(f0, f1, f2, f3, column + 3);
      const g2 = gather(f0, f1, f2, f3, column + 6);
      transformFilter(g0, g1, g2, scratch + column * VECTOR, 3 * VECTOR);
    }
    for (let row = 0; row < TILE_IN; row++) {
      const from = scratch + row * 3 * VECTOR;
      const g0 = v128.load(from);
      const g1 = v128.load(from, VECTOR);
      const g2 = v128.load(from, 2 * VECTOR);
      transformFilter(g0, g1, g2, to + row * TILE_IN * step, step);
    }
  }
}

/** Where the filter of a cell of a micropanel lies; any other one for those that the last micropanel lacks. */
function filterAt(w: Winograd, group: i32, first: i32, cell: i32): usize {
  const f = min(first + (cell % MR<f32>()), w.m - 1);
  const channel = min(cell / MR<f32>(), w.channels - 1);
  return w.filters + group * w.m * w.channels * TAPS * 4 + f * w.filterStep + channel * w.channelStep;
}

/** A tap of four filters. */
function gather(f0: usize, f1: usize, f2: usize, f3: usize, tap: i32): v128 {
  const at = tap * 4;
  let lanes = v128.load32_zero(f0 + at);
  lanes = v128.load32_lane(f1 + at, lanes, 1);
  lanes = v128.load32_lane(f2 + at, lanes, 2);
  return v128.load32_lane(f3 + at, lanes, 3);
}
