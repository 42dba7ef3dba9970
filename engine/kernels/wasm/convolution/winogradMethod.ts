import type { WindowGeometry } from '../../../conv';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import type { ConvolutionMethod } from './convolutionMethod';
import { lengthOf } from '../memory/pieces';
import { rowsOfPanel } from '../product/product';
import { windowLayout } from './windows';
import type { Workspace } from '../memory/workspace';

/** Outputs of a tile along an axis, products of a tile, and columns of a micropanel of B, as the kernel has them. */
export const TILE_OUT = 4;
export const PRODUCTS = 36;
const NR = 8;

/** Numbers of a filter of one channel. */
export const TAPS = 9;

/** Bytes of a number, and of a vector. */
const NUMBER = 4;
const VECTOR = 16;

/** Bytes between matrices: a power of two apart, they would compete for the same lines of the caches. */
export const APART = 5 * VECTOR;

/** Bytes of transformed inputs, and of sums, that are worked on at a time: together they fit into the second cache. */
const INPUT_BYTES = 2 ** 19;
const SUM_BYTES = 2 ** 18;

/** Tiles that are worked on at a time at most, so that all threads have some. */
export const MOST_TILES = 48;

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
    return lengthOf(box.group) * bytesOfTransformed(lengthOf(box.f), C / groups);
  },
  *run(workspace, variant, { box, layout, x, W, b, out }) {
    const groups = lengthOf(box.group);
    const m = lengthOf(box.f);
    const channels = layout.channels / groups;
    const down = tilesAlong(lengthOf(box.oh));
    const across = tilesAlong(lengthOf(box.ow));
    const tiles = lengthOf(box.n) * down * across;
    const fitting = Math.floor(INPUT_BYTES / (PRODUCTS * NUMBER * channels * NR)) * NR;
    yield* multiplyTiles(workspace, variant, {
      filters: W,
      filterStep: channels * TAPS * NUMBER,
      channelStep: TAPS * NUMBER,
      groups,
      m,
      channels,
      x,
      plane: layout.plane,
      row: layout.row,
      out,
      OH: lengthOf(box.oh),
      OW: lengthOf(box.ow),
      bias: b,
      down,
      across,
      tiles,
      blockTiles: Math.min(Math.max(fitting, NR), MOST_TILES, wholePanels(tiles)),
    });
  },
};

/** Bytes of the transformed filters of a group. */
export function bytesOfTransformed(filters: number, channels: number): number {
  return (filters + NR) * channels * PRODUCTS * NUMBER;
}

/** Tiles in whole micropanels. */
export function wholePanels(tiles: number): number {
  return Math.ceil(tiles / NR) * NR;
}

/** Fields of the kernels' `Winograd`: addresses, counts, steps in bytes, and numbers of a plane and a row of x. */
interface Tiled {
  readonly filters: number;
  readonly filterStep: number;
  readonly channelStep: number;
  readonly groups: number;
  readonly m: number;
  readonly channels: number;
  readonly x: number;
  readonly plane: number;
  readonly row: number;
  readonly out: number;
  readonly OH: number;
  readonly OW: number;
  /** One number for each map of a sample, or 0 if the convolution is transposed. */
  readonly bias: number;
  readonly down: number;
  readonly across: number;
  readonly tiles: number;
  readonly blockTiles: number;
}

/** @param padding above and on the left of the maps, if the convolution is a transposed one */
export function* multiplyTiles(
  workspace: Workspace,
  variant: Variant,
  { plane, row, ...tiled }: Tiled,
  padding?: { readonly top: number; readonly left: number },
): Work<void> {
  const MR = rowsOfPanel(workspace.set, variant);
  const { filters, filterStep, channelStep, groups, m, channels, x, out, OH, OW, bias, ...grid } = tiled;
  const { down, across, tiles, blockTiles } = grid;
  const panels = Math.ceil(m / MR);
  const matrices = (bytes: number): number => PRODUCTS * (bytes + APART);
  const transformed = matrices(panels * Math.ceil((channels * MR) / 4) * VECTOR);
  const width = wholePanels(blockTiles);
  const fitting = Math.floor(SUM_BYTES / (PRODUCTS * NUMBER * width * MR)) * MR;
  const blockFilters = Math.min(Math.max(fitting, MR), panels * MR);
  const args = {
    filters,
    filterStep,
    channelStep,
    groups,
    m,
    channels,
    transformed: workspace.take(groups * transformed),
    x,
    xSample: groups * channels * plane * NUMBER,
    xPlane: plane * NUMBER,
    xRow: row * NUMBER,
    out,
    OH,
    OW,
    bias,
    ...grid,
    blockFilters,
    isTransposed: Number(padding !== undefined),
    top: padding?.top ?? 0,
    left: padding?.left ?? 0,
  };
  yield* workspace.run(`transformFilters_${variant}`, args, groups * panels, PRODUCTS * VECTOR);
  const samples = blockTiles / (down * across);
  const pixels = padding ? samples * (down * TILE_OUT + 2) * (across * TILE_OUT + 2) * NUMBER : 0;
  const scratch =
    (8 * 6 + width) * VECTOR +
    matrices(width * channels * NUMBER) +
    matrices(blockFilters * width * NUMBER) +
    pixels;
  yield* workspace.run(`winograd_${variant}`, args, groups * Math.ceil(tiles / blockTiles), scratch);
}
