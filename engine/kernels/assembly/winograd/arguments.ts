import { MR, panelsOf } from '../panels';

/** Arguments of the kernels: a convolution of 3×3 filters of stride 1, float32. */
@unmanaged
export class Winograd {
  /** Filters (groups · m, channels, 3, 3), one after another. */
  filters: usize;
  groups: i32;
  m: i32;
  channels: i32;
  /** The transformed filters of each group: for each product of a tile the micropanels of a matrix (m, channels). */
  transformed: usize;
  /** Planes of x with their padding, so wide and high that all tiles lie inside. Steps in bytes. */
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
}

/** Bytes of a micropanel of transformed filters. They are stored as whole vectors. */
export function filterPanelBytes(w: Winograd): i32 {
  return ((w.channels * MR<f32>() + 3) / 4) * 16;
}

/** Bytes of the transformed filters for one product of the tiles, of one group. */
export function filterMatrixBytes(w: Winograd): i32 {
  return panelsOf(w.m, MR<f32>()) * filterPanelBytes(w);
}
