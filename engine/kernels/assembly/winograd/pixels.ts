import { VECTOR } from '../lanes';
import { copyPiece } from '../padding';
import { transposeFour } from '../transposing';
import { planeRow, Winograd } from './arguments';
import { Place, placeOf } from './places';
import { TILE_IN, transformPixels } from './transforms';

/**
 * Transforms the sums of four tiles of one map back, and adds them to the pixels.
 * @param sums a vector for each product, `step` bytes apart
 * @param places those of the four tiles
 * @param scratch (TILE_IN + 2) · TILE_IN vectors
 */
export function addTiles(w: Winograd, sums: usize, step: usize, places: usize, scratch: usize): void {
  for (let column = 0; column < TILE_IN; column++) {
    const from = sums + column * step;
    transformPixels(
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
  const columns = scratch + TILE_IN * TILE_IN * VECTOR;
  const rows = columns + TILE_IN * VECTOR;
  for (let row = 0; row < TILE_IN; row++) {
    const from = scratch + row * TILE_IN * VECTOR;
    transformPixels(
      v128.load(from),
      v128.load(from, VECTOR),
      v128.load(from, 2 * VECTOR),
      v128.load(from, 3 * VECTOR),
      v128.load(from, 4 * VECTOR),
      v128.load(from, 5 * VECTOR),
      columns,
      VECTOR,
    );
    // The lanes are the tiles: of each its six numbers side by side.
    transposeFour<f32, f32>(
      rows,
      VECTOR,
      columns,
      columns + VECTOR,
      columns + 2 * VECTOR,
      columns + 3 * VECTOR,
    );
    const c4 = v128.load(columns, 4 * VECTOR);
    const c5 = v128.load(columns, 5 * VECTOR);
    const last01 = v128.shuffle<f32>(c4, c5, 0, 4, 1, 5);
    const last23 = v128.shuffle<f32>(c4, c5, 2, 6, 3, 7);
    addRow(w, placeOf(places, 0), row, v128.load(rows), last01);
    addRow(w, placeOf(places, 1), row, v128.load(rows, VECTOR), v128.shuffle<f64>(last01, last01, 1, 1));
    addRow(w, placeOf(places, 2), row, v128.load(rows, 2 * VECTOR), last23);
    addRow(w, placeOf(places, 3), row, v128.load(rows, 3 * VECTOR), v128.shuffle<f64>(last23, last23, 1, 1));
  }
}

/** Adds a row of a tile, if the tile is there: four pixels and the first two lanes of `last`. */
function addRow(w: Winograd, place: Place, row: i32, four: v128, last: v128): void {
  if (place.rows == 0) return;
  const to = place.out + row * planeRow(w);
  v128.store(to, f32x4.add(v128.load(to), four));
  v128.store64_lane(to + VECTOR, f32x4.add(v128.load64_zero(to + VECTOR), last), 0);
}

/** Copies what lies inside of the padding to the map. @param map which of all */
export function storePixels(w: Winograd, plane: usize, map: i32): void {
  let from = plane + w.top * planeRow(w) + w.left * 4;
  let to = w.out + map * w.OH * w.OW * 4;
  for (let row = 0; row < w.OH; row++, from += planeRow(w), to += w.OW * 4) copyPiece<f32>(to, from, w.OW);
}
