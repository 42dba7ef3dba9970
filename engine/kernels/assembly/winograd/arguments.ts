import { VECTOR } from '../lanes';
import { MR, panelsOf } from '../panels';
import { TILE_IN, TILE_OUT } from './transforms';

/** Bytes between matrices: a power of two apart, they would compete for the same lines of the caches. */
export const APART = 5 * VECTOR;

/** Arguments of the kernels: a convolution of 3×3 filters of stride 1, float32, or its transposed. */
@unmanaged
export class Winograd {
  /** m · channels filters of 3×3 for each group; bytes from one to the next along m, and along the channels. */
  filters: usize;
  filterStep: i32;
  channelStep: i32;
  groups: i32;
  m: i32;
  channels: i32;
  /** The transformed filters of each group: for each product of a tile the micropanels of a matrix (m, channels). */
  transformed: usize;
  /** Planes of x with their padding, or of dout, so wide and high that all tiles lie inside. Steps in bytes. */
  x: usize;
  xSample: i32;
  xPlane: i32;
  xRow: i32;
  /** Maps of OH · OW numbers, for each sample groups · m of them. */
  out: usize;
  OH: i32;
  OW: i32;
  /** One for each map of a sample. */
  bias: usize;
  /** Tiles along a map's height and width, and in all samples. */
  down: i32;
  across: i32;
  tiles: i32;
  /** The tiles and filters that are worked on at a time, whole micropanels. */
  blockTiles: i32;
  blockFilters: i32;
  /**
   * Whether the tiles are of dout and the maps of dx. Then the tiles worked on at a time are those of whole samples, and
   * row 0 and column 0 of a map lie so far inside of what they reach.
   */
  isTransposed: i32;
  top: i32;
  left: i32;
}

/** Bytes of a micropanel of transformed filters. They are stored as whole vectors. */
export function filterPanelBytes(w: Winograd): i32 {
  return ((w.channels * MR<f32>() + 3) / 4) * 16;
}

/** Bytes from the transformed filters for one product of the tiles to those for the next, of one group. */
export function filterMatrixBytes(w: Winograd): i32 {
  return panelsOf(w.m, MR<f32>()) * filterPanelBytes(w) + APART;
}

/**
 * Bytes of a row of the pixels that the tiles of a sample reach. A transposed convolution adds them up in planes of which dx
 * is what lies inside of the padding.
 */
export function planeRow(w: Winograd): i32 {
  return (w.across * TILE_OUT + TILE_IN - TILE_OUT) * 4;
}

export function planeBytes(w: Winograd): i32 {
  return (w.down * TILE_OUT + TILE_IN - TILE_OUT) * planeRow(w);
}
