import { VECTOR } from '../lanes';
import { NR } from '../panels';
import { transposeFour } from '../transposing';
import { Winograd } from './arguments';
import { placeOf } from './places';
import { TILE_IN, TILE_OUT, transformGradient, transformInput } from './transforms';

/**
 * Transforms all channels of four tiles of a group, and packs them into micropanels of B: NR tiles for each channel.
 * @param places those of the four tiles
 * @param to in the micropanel of the first product; those of the others follow `step` bytes apart
 * @param scratch TILE_IN² vectors
 */
export function transformTiles(w: Winograd, places: usize, to: usize, step: usize, scratch: usize): void {
  let x0 = placeOf(places, 0).x;
  let x1 = placeOf(places, 1).x;
  let x2 = placeOf(places, 2).x;
  let x3 = placeOf(places, 3).x;
  for (let c = 0; c < w.channels; c++, to += NR<f32>() * 4) {
    if (w.isTransposed) transformGradients(x0, x1, x2, x3, w.xRow, to, step, scratch);
    else transformTile(x0, x1, x2, x3, w.xRow, to, step, scratch);
    x0 += w.xPlane;
    x1 += w.xPlane;
    x2 += w.xPlane;
    x3 += w.xPlane;
  }
}

/**
 * Transforms four input tiles.
 * @param xRow bytes from a row of x to the next
 * @param to in the vectors of the first product; those of the others follow `step` bytes apart
 * @param scratch TILE_IN² vectors
 */
export function transformTile(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  xRow: i32,
  to: usize,
  step: usize,
  scratch: usize,
): void {
  for (let row = 0; row < TILE_IN; row++) {
    const at = row * xRow;
    transformRow(x0 + at, x1 + at, x2 + at, x3 + at, scratch + row * TILE_IN * VECTOR);
  }
  for (let column = 0; column < TILE_IN; column++) {
    const from = scratch + column * VECTOR;
    transformInput(
      v128.load(from),
      v128.load(from, 6 * VECTOR),
      v128.load(from, 12 * VECTOR),
      v128.load(from, 18 * VECTOR),
      v128.load(from, 24 * VECTOR),
      v128.load(from, 30 * VECTOR),
      to + column * step,
      TILE_IN * step,
    );
  }
}

/** Transforms a row of four tiles, which becomes lanes: the first numbers of all four, the second, and so on. */
function transformRow(x0: usize, x1: usize, x2: usize, x3: usize, to: usize): void {
  const r0 = v128.load(x0);
  const r1 = v128.load(x1);
  const r2 = v128.load(x2);
  const r3 = v128.load(x3);
  const left01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const left23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const right01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const right23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const last01 = v128.load64_lane(x1 + VECTOR, v128.load64_zero(x0 + VECTOR), 1);
  const last23 = v128.load64_lane(x3 + VECTOR, v128.load64_zero(x2 + VECTOR), 1);
  transformInput(
    v128.shuffle<f32>(left01, left23, 0, 1, 4, 5),
    v128.shuffle<f32>(left01, left23, 2, 3, 6, 7),
    v128.shuffle<f32>(right01, right23, 0, 1, 4, 5),
    v128.shuffle<f32>(right01, right23, 2, 3, 6, 7),
    v128.shuffle<f32>(last01, last23, 0, 2, 4, 6),
    v128.shuffle<f32>(last01, last23, 1, 3, 5, 7),
    to,
    VECTOR,
  );
}

/** Transforms the gradients of the outputs of four tiles; parameters as of {@link transformTile}. */
export function transformGradients(
  d0: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  rowStep: i32,
  to: usize,
  step: usize,
  scratch: usize,
): void {
  const lanes = scratch + TILE_OUT * TILE_IN * VECTOR;
  for (let row = 0; row < TILE_OUT; row++) {
    const at = row * rowStep;
    transposeFour<f32, f32>(lanes, VECTOR, d0 + at, d1 + at, d2 + at, d3 + at);
    transformGradient(
      v128.load(lanes),
      v128.load(lanes, VECTOR),
      v128.load(lanes, 2 * VECTOR),
      v128.load(lanes, 3 * VECTOR),
      scratch + row * TILE_IN * VECTOR,
      VECTOR,
    );
  }
  for (let column = 0; column < TILE_IN; column++) {
    const from = scratch + column * VECTOR;
    transformGradient(
      v128.load(from),
      v128.load(from, 6 * VECTOR),
      v128.load(from, 12 * VECTOR),
      v128.load(from, 18 * VECTOR),
      to + column * step,
      TILE_IN * step,
    );
  }
}
