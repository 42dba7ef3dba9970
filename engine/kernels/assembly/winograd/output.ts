import { VECTOR } from '../lanes';
import { Winograd } from './arguments';
import { Place, placeOf } from './places';
import { TILE_IN, TILE_OUT, transformOutput } from './transforms';

/**
 * Transforms the sums of four tiles of one map back, adds the bias and stores what of the tiles is in the map.
 * @param sums a vector for each product, `step` bytes apart
 * @param places those of the four tiles
 * @param f which of the group's maps
 * @param bias what is added to it, in every lane
 * @param scratch (TILE_IN + 1) · TILE_OUT vectors
 */
export function storeTiles(
  w: Winograd,
  sums: usize,
  step: usize,
  places: usize,
  f: i32,
  bias: v128,
  scratch: usize,
): void {
  for (let column = 0; column < TILE_IN; column++) {
    const from = sums + column * step;
    transformOutput(
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
  const columns = scratch + TILE_IN * TILE_OUT * VECTOR;
  for (let row = 0; row < TILE_OUT; row++) {
    const from = scratch + row * TILE_IN * VECTOR;
    transformOutput(
      v128.load(from),
      v128.load(from, VECTOR),
      v128.load(from, 2 * VECTOR),
      v128.load(from, 3 * VECTOR),
      v128.load(from, 4 * VECTOR),
      v128.load(from, 5 * VECTOR),
      columns,
      VECTOR,
    );
    // The lanes are the tiles: of each its four numbers side by side.
    const c0 = v128.load(columns);
    const c1 = v128.load(columns, VECTOR);
    const c2 = v128.load(columns, 2 * VECTOR);
    const c3 = v128.load(columns, 3 * VECTOR);
    const first01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5);
    const first23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5);
    const last01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
    const last23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
    storeRow(w, placeOf(places, 0), f, row, f32x4.add(bias, v128.shuffle<f32>(first01, first23, 0, 1, 4, 5)));
    storeRow(w, placeOf(places, 1), f, row, f32x4.add(bias, v128.shuffle<f32>(first01, first23, 2, 3, 6, 7)));
    storeRow(w, placeOf(places, 2), f, row, f32x4.add(bias, v128.shuffle<f32>(last01, last23, 0, 1, 4, 5)));
    storeRow(w, placeOf(places, 3), f, row, f32x4.add(bias, v128.shuffle<f32>(last01, last23, 2, 3, 6, 7)));
  }
}

/** Stores a row of a tile, as far as it is in the map. */
function storeRow(w: Winograd, place: Place, f: i32, row: i32, values: v128): void {
  if (row >= place.rows) return;
  const to = place.out + (f * w.OH + row) * w.OW * 4;
  if (place.columns == 4) {
    v128.store(to, values);
  } else {
    v128.store32_lane(to, values, 0);
    if (place.columns > 1) v128.store32_lane(to, values, 1, 4);
    if (place.columns > 2) v128.store32_lane(to, values, 2, 8);
  }
}
