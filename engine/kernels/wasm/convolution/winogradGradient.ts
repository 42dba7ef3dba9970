import type { WindowGeometry } from '../../../conv';
import type { Work } from '../../work';
import type { Box } from './convolutionBoxes';
import type { GradientMethod } from './gradientMethod';
import { padPlanes } from './padding';
import { lengthOf, multiples } from '../memory/pieces';
import { bytesOfSums, packA, product } from '../product/product';
import { APART, PRODUCTS, TILE_OUT, tilesAlong } from './winogradMethod';
import type { Workspace } from '../memory/workspace';

/** Bytes of a number, and of a vector. */
const NUMBER = 4;
const VECTOR = 16;

/** Vectors that the transforms keep. */
const SCRATCH = 36 * VECTOR;

/** Numbers of tiles, or of sums, that one tile of work transforms. */
const NUMBERS_PER_TILE = 2 ** 16;

/**
 * The transposed of Winograd's method for 3×3 filters, in float32: the tiles of x and dout are transformed, the 36 products
 * of each are summed up over the tiles by as many matrix products, and the sums transformed to weights.
 */
export const winogradGradient: GradientMethod = {
  multiple: TILE_OUT,
  bytesOfSums(machine, variant, geometry, box) {
    const size = sizeOf(geometry, box);
    return bytesOfSums(machine, variant, size) + size.groups * stepOf(size.m * size.n * NUMBER);
  },
  bytesBeside(_variant, geometry, box) {
    const { groups, m, n, k } = sizeOf(geometry, box);
    const areWhole = lengthOf(box.oh) % TILE_OUT === 0 && lengthOf(box.ow) % TILE_OUT === 0;
    const planes = areWhole ? 0 : k * TILE_OUT ** 2 * (groups / PRODUCTS) * m;
    return NUMBER * (planes + groups * k * (rowOf(n) + rowOf(m) + m));
  },
  *run(workspace, variant, { geometry, box, layout, x, dout, part, to }) {
    const size = sizeOf(geometry, box);
    const { m, n: channels, k: tiles } = size;
    const groups = lengthOf(box.group);
    const [OH, OW] = [lengthOf(box.oh), lengthOf(box.ow)];
    const [down, across] = [tilesAlong(OH), tilesAlong(OW)];
    const grid = { down, across, tiles };
    const inputs = yield* transformTiles(workspace, grid, true, {
      address: x,
      groups,
      channels,
      plane: layout.plane,
      row: layout.row,
    });
    const planes = yield* wholeTiles(workspace, dout, lengthOf(box.n) * groups * m, OH, OW);
    const gradients = yield* transformTiles(workspace, grid, false, {
      address: planes,
      groups,
      channels: m,
      plane: down * across * TILE_OUT ** 2,
      row: across * TILE_OUT,
    });
    const panels = yield* packA(
      workspace,
      variant,
      size,
      { address: gradients, sampleStep: 0, groupStep: stepOf(tiles * rowOf(m) * NUMBER) },
      multiples(m, NUMBER),
      multiples(tiles, rowOf(m) * NUMBER),
    );
    const sums = part.sums + bytesOfSums(workspace, variant, size);
    const sumsStep = stepOf(m * channels * NUMBER);
    yield* product(
      workspace,
      variant,
      size,
      panels,
      {
        address: inputs,
        sampleStep: 0,
        groupStep: stepOf(tiles * rowOf(channels) * NUMBER),
        depths: workspace.place(multiples(tiles, rowOf(channels) * NUMBER)),
        columns: workspace.place(multiples(channels, NUMBER)),
      },
      { address: sums, sampleStep: 0, groupStep: sumsStep, rowStep: channels * NUMBER },
      0,
      part,
    );
    if (!part.isLast) return;
    const filtersPerTile = Math.ceil(NUMBERS_PER_TILE / (PRODUCTS * channels));
    yield* workspace.run(
      `storeWeights_${variant}`,
      { sums, sumsStep, groups, m, channels, gradient: to, filtersPerTile },
      Math.ceil((groups * m) / filtersPerTile),
      SCRATCH,
    );
  },
};

/** The products for a box, 36 for each group: rows of A are filters, columns of B channels, and k are tiles. */
function sizeOf({ C, groups }: WindowGeometry, { n, group, f, oh, ow }: Box) {
  return {
    samples: 1,
    groups: PRODUCTS * lengthOf(group),
    m: lengthOf(f),
    n: C / groups,
    k: lengthOf(n) * tilesAlong(lengthOf(oh)) * tilesAlong(lengthOf(ow)),
  };
}

/** Numbers of a row of a matrix whose rows are whole vectors. */
function rowOf(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}

/** Bytes from a matrix of so many to the next. */
function stepOf(bytes: number): number {
  return Math.ceil(bytes / VECTOR) * VECTOR + APART;
}

/** @returns the address of maps with zeros behind them, so that they are made of whole tiles */
export function* wholeTiles(
  workspace: Workspace,
  from: number,
  planes: number,
  height: number,
  width: number,
): Work<number> {
  const rows = tilesAlong(height) * TILE_OUT;
  const phaseWidth = tilesAlong(width) * TILE_OUT;
  if (rows === height && phaseWidth === width) return from;
  return yield* padPlanes(
    workspace,
    NUMBER,
    { from, fromPlane: height * width, fromRow: width, planes, height, width },
    { rows, top: 0, left: 0, phases: 1, phaseWidth },
  );
}

/** Planes of some groups of channels, in numbers. */
interface Planes {
  readonly address: number;
  readonly groups: number;
  readonly channels: number;
  readonly plane: number;
  readonly row: number;
}

/** @returns the address of a matrix (tiles, channels) for each group and product, {@link stepOf} their bytes apart */
function* transformTiles(
  workspace: Workspace,
  grid: { readonly down: number; readonly across: number; readonly tiles: number },
  areInputs: boolean,
  { address, groups, channels, plane, row }: Planes,
): Work<number> {
  const { tiles } = grid;
  const rowBytes = rowOf(channels) * NUMBER;
  const matrixStep = stepOf(tiles * rowBytes);
  const matrices = workspace.take(groups * PRODUCTS * matrixStep);
  const tilesPerTile = Math.ceil(NUMBERS_PER_TILE / (PRODUCTS * channels));
  yield* workspace.run(
    'transformTiles_fast',
    {
      planes: address,
      sampleStep: groups * channels * plane * NUMBER,
      planeStep: plane * NUMBER,
      rowStep: row * NUMBER,
      groups,
      channels,
      areInputs: Number(areInputs),
      ...grid,
      matrices,
      matrixStep,
      rowBytes,
      tilesPerTile,
    },
    Math.ceil((groups * tiles) / tilesPerTile),
    SCRATCH,
  );
  return matrices;
}
