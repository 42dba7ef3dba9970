import { transformGradients, transformTile } from './input';
import { PRODUCTS, TILE_OUT } from './transforms';

/** Arguments of {@link transformTiles}: float32. Steps in bytes. */
@unmanaged
export class Tiles {
  /** Planes in which all tiles lie as a whole, groups · channels of them for each sample. */
  planes: usize;
  sampleStep: i32;
  planeStep: i32;
  rowStep: i32;
  groups: i32;
  channels: i32;
  /** Whether they hold inputs, tiles of 6×6 that overlap, or else gradients of outputs, tiles of 4×4. */
  areInputs: i32;
  /** Tiles along the height and width of a plane, and in all samples. */
  down: i32;
  across: i32;
  tiles: i32;
  /** The result: for each group and product a matrix (tiles, channels), whose rows are whole vectors. */
  matrices: usize;
  matrixStep: i32;
  rowBytes: i32;
  /** How many tiles of a group are one tile of work. */
  tilesPerTile: i32;
}

/** Transforms tiles for the gradient of the filters, four channels at a time. @param scratch TILE_IN² vectors */
export function transformTiles(t: Tiles, tile: i32, scratch: usize): void {
  const end = min((tile + 1) * t.tilesPerTile, t.groups * t.tiles);
  for (let i = tile * t.tilesPerTile; i < end; i++) {
    const group = i / t.tiles;
    const at = i % t.tiles;
    const sample = at / (t.down * t.across);
    const row = ((at / t.across) % t.down) * TILE_OUT;
    const column = (at % t.across) * TILE_OUT;
    const from =
      t.planes + sample * t.sampleStep + group * t.channels * t.planeStep + row * t.rowStep + column * 4;
    const to = t.matrices + group * PRODUCTS * t.matrixStep + at * t.rowBytes;
    for (let c = 0; c < t.channels; c += 4) {
      // The last vector may have lanes for no channel: they hold the last one once more.
      const x0 = from + c * t.planeStep;
      const x1 = from + min(c + 1, t.channels - 1) * t.planeStep;
      const x2 = from + min(c + 2, t.channels - 1) * t.planeStep;
      const x3 = from + min(c + 3, t.channels - 1) * t.planeStep;
      if (t.areInputs) transformTile(x0, x1, x2, x3, t.rowStep, to + c * 4, t.matrixStep, scratch);
      else transformGradients(x0, x1, x2, x3, t.rowStep, to + c * 4, t.matrixStep, scratch);
    }
  }
}
