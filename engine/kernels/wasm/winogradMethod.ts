import type { WindowGeometry } from '../../conv';
import type { Variant } from './arithmetic';
import type { ConvolutionMethod } from './convolutionMethod';
import { lengthOf } from './pieces';
import { rowsOfPanel } from './product';
import { windowLayout } from './windows';

/** Outputs of a tile along an axis, products of a tile, and columns of a micropanel of B, as the kernel has them. */
export const TILE_OUT = 4;
export const PRODUCTS = 36;
const NR = 8;

/** Bytes of a number, and of a vector. */
const NUMBER = 4;
const VECTOR = 16;

/** Bytes of transformed inputs, and of sums, that are worked on at a time: together they fit into the second cache. */
const INPUT_BYTES = 2 ** 19;
const SUM_BYTES = 2 ** 18;

/** Tiles that are worked on at a time at most, so that all threads have some. */
const MOST_TILES = 48;

/** Channels and filters, and tiles, below which the transforms take more than the products save. */
const LEAST_CHANNELS = 8;
const LEAST_TILES = 16;

/** Whether a convolution is computed in less time so. Its float32 sums are not those of the definition. */
export function suitsWinograd(
  variant: Variant,
  { N, C, FN, groups, vertical, horizontal }: WindowGeometry,
): boolean {
  const is3x3 = [vertical, horizontal].every(
    ({ window, stride, dilation }) => window === 3 && stride === 1 && dilation === 1,
  );
  const tiles = N * tilesAlong(vertical.out) * tilesAlong(horizontal.out);
  const channels = Math.min(C, FN) / groups;
  return variant === 'fast' && is3x3 && channels >= LEAST_CHANNELS && tiles >= LEAST_TILES;
}

/** Tiles that cover so many outputs along an axis. */
export function tilesAlong(outputs: number): number {
  return Math.ceil(outputs / TILE_OUT);
}

/** Winograd's minimal filtering F(4×4, 3×3), in float32: a quarter of the multiplications. */
export const winogradMethod: ConvolutionMethod = {
  layoutOf: (geometry, box) => windowLayout(geometry, box, TILE_OUT),
  bytesBeside(_variant, { C, groups }, box) {
    return lengthOf(box.group) * (lengthOf(box.f) + NR) * (C / groups) * PRODUCTS * NUMBER;
  },
  *run(workspace, variant, { box, layout, x, W, b, out }) {
    const MR = rowsOfPanel(workspace.set, variant);
    const groups = lengthOf(box.group);
    const m = lengthOf(box.f);
    const channels = layout.channels / groups;
    const panels = Math.ceil(m / MR);
    const matrixBytes = panels * Math.ceil((channels * MR) / 4) * VECTOR;
    const down = tilesAlong(lengthOf(box.oh));
    const across = tilesAlong(lengthOf(box.ow));
    const tiles = lengthOf(box.n) * down * across;
    const fitting = (bytes: number, each: number, unit: number): number =>
      Math.max(1, Math.floor(bytes / (PRODUCTS * NUMBER * each * unit))) * unit;
    const blockTiles = Math.min(fitting(INPUT_BYTES, channels, NR), MOST_TILES, Math.ceil(tiles / NR) * NR);
    const blockFilters = Math.min(fitting(SUM_BYTES, blockTiles, MR), panels * MR);
    const args = {
      filters: W,
      groups,
      m,
      channels,
      transformed: workspace.take(groups * PRODUCTS * matrixBytes),
      x,
      xSample: layout.channels * layout.plane * NUMBER,
      xPlane: layout.plane * NUMBER,
      xRow: layout.row * NUMBER,
      out,
      OH: lengthOf(box.oh),
      OW: lengthOf(box.ow),
      bias: b,
      down,
      across,
      tiles,
      blockTiles,
      blockFilters,
    };
    yield* workspace.run(`transformFilters_${variant}`, args, groups * panels, PRODUCTS * VECTOR);
    const matrices = (bytes: number): number => PRODUCTS * (bytes + 5 * VECTOR);
    const scratch =
      (7 * 6 + blockTiles) * VECTOR +
      matrices(blockTiles * channels * NUMBER) +
      matrices(blockFilters * blockTiles * NUMBER);
    yield* workspace.run(`winograd_${variant}`, args, groups * Math.ceil(tiles / blockTiles), scratch);
  },
};
