import { VECTOR } from '../lanes';
import { PRODUCTS, TAPS, TILE_IN, transformWeights } from './transforms';

/** Arguments of {@link storeWeights}: float32. */
@unmanaged
export class WeightSums {
  /** For each group and product a matrix (m, channels); bytes from one to the next. */
  sums: usize;
  sumsStep: i32;
  groups: i32;
  m: i32;
  channels: i32;
  /** Gradients (groups · m, channels, 3, 3). */
  gradient: usize;
  filtersPerTile: i32;
}

/** Transforms the sums of the products of all tiles to gradients of filters. @param scratch TILE_IN · TILE_IN vectors */
export function storeWeights(w: WeightSums, tile: i32, scratch: usize): void {
  const end = min((tile + 1) * w.filtersPerTile, w.groups * w.m);
  for (let filter = tile * w.filtersPerTile; filter < end; filter++) {
    const sums = w.sums + (filter / w.m) * PRODUCTS * w.sumsStep + (filter % w.m) * w.channels * 4;
    const to = w.gradient + filter * w.channels * TAPS * 4;
    for (let c = 0; c < w.channels; c += 4)
      storeFilters(sums + c * 4, w.sumsStep, to + c * TAPS * 4, min(4, w.channels - c), scratch);
  }
}

/** Four channels of a filter, of which `count` are there. */
function storeFilters(sums: usize, step: i32, to: usize, count: i32, scratch: usize): void {
  const taps = scratch + 3 * TILE_IN * VECTOR;
  for (let column = 0; column < TILE_IN; column++) {
    const from = sums + column * step;
    transformWeights(
      v128.load(from),
      v128.load(from + 6 * step),
      v128.load(from + 12 * step),
      v128.load(from + 18 * step),
      v128.load(from + 24 * step),
      v128.load(from + 30 * step),
      scratch + column * VECTOR,
      TILE_IN * VECTOR,
    );
  }
  for (let row = 0; row < 3; row++) {
    const from = scratch + row * TILE_IN * VECTOR;
    transformWeights(
      v128.load(from),
      v128.load(from, VECTOR),
      v128.load(from, 2 * VECTOR),
      v128.load(from, 3 * VECTOR),
      v128.load(from, 4 * VECTOR),
      v128.load(from, 5 * VECTOR),
      taps + row * 3 * VECTOR,
      VECTOR,
    );
  }
  for (let channel = 0; channel < count; channel++)
    for (let tap = 0; tap < TAPS; tap++, to += 4)
      store<f32>(to, load<f32>(taps + tap * VECTOR + channel * 4));
}
