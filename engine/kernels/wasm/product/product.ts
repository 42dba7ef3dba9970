import type { KernelSet } from '../../kernels';
import type { Work } from '../../work';
import { bytesOf, type Variant } from '../arithmetic';
import type { Workspace } from '../memory/workspace';

/** Rows of a micropanel of A, as the module was compiled for. */
export function rowsOfPanel(set: KernelSet, variant: Variant): number {
  return set === 'relaxed-simd' && variant !== 'float64' ? 6 : 4;
}

/** Bytes that a row of a tile of sums takes: two vectors. */
const TILE_ROW = 32;

/*
 * The blocks of the macrokernel. A micropanel of B, KC × 32 bytes, and one of A share the first cache (32 KB and more);
 * MC · KC numbers of A and KC · NC of B the second (512 KB and more). Where k is less than KC, there are more columns.
 */
const KC = 256;
const MC = 132; // a multiple of the rows of every panel
const NC = 64;

/** Multiplications of one tile of a product with sums in float32, half of them in float64: some milliseconds. */
const PRODUCTS_PER_TILE = 2 ** 26;

/** Rows of a tile for which it is worth to pack a block of B once more. */
const LEAST_ROWS = 192; // a multiple of the rows of every panel

/** Tiles for each thread, so that none waits long for the last ones. */
const TILES_PER_THREAD = 4;

/** Multiplications of a tile below which another thread is not worth waking: some 100 microseconds. */
const LEAST_PRODUCTS = 2 ** 21;

/** Numbers that one tile packs. */
const NUMBERS_PER_TILE = 2 ** 16;

/** Where the numbers of a matrix of each sample and group lie. Addresses, and steps in bytes. */
export interface Operand {
  readonly address: number;
  readonly sampleStep: number;
  readonly groupStep: number;
}

/** A product (m, k) · (k, n) for each sample and group. */
export interface ProductSize {
  readonly samples: number;
  readonly groups: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** How much of k is in a block: about the same in all of them. */
function depthOfBlocks(k: number): number {
  return Math.ceil(k / Math.max(1, Math.ceil(k / KC)));
}

/** A in micropanels. */
export type PackedA = number;

/**
 * Packs A once for all samples.
 * @param rows offsets in bytes of the rows of A
 * @param depths offsets in bytes of k
 */
export function* packA(
  workspace: Workspace,
  variant: Variant,
  { groups, m, k }: ProductSize,
  a: Operand,
  rows: Int32Array,
  depths: Int32Array,
): Work<PackedA> {
  const MR = rowsOfPanel(workspace.set, variant);
  const panelsPerGroup = Math.ceil(m / MR);
  const panelsPerTile = Math.ceil(NUMBERS_PER_TILE / (MR * Math.max(1, k)));
  const panels = workspace.take(groups * panelsPerGroup * MR * k * bytesOf(variant).sum);
  yield* workspace.run(
    `packA_${variant}`,
    {
      a: a.address,
      groupStep: a.groupStep,
      groups,
      m,
      k,
      rows: workspace.place(rows),
      depths: workspace.place(depths),
      panels,
      KC: depthOfBlocks(k),
      panelsPerTile,
    },
    Math.ceil((groups * panelsPerGroup) / panelsPerTile),
  );
  return panels;
}

/** The columns of B, and of the result, that a product covers. */
export interface Columns {
  /** Offsets in bytes of k in B, and of its columns: addresses of int32. */
  readonly depths: number;
  readonly columns: number;
}

/** One of several parts of k, which are added up one after another. */
export interface PartOfK {
  /** Address of {@link bytesOfSums} bytes, the same for all parts. */
  readonly sums: number;
  readonly isFirst: boolean;
  /** Then the result is stored. */
  readonly isLast: boolean;
}

/** All of k. */
export const WHOLE: PartOfK = { sums: 0, isFirst: true, isLast: true };

/** Bytes of the sums of a product whose k comes in parts. */
export function bytesOfSums(
  machine: Pick<Workspace, 'set' | 'threads'>,
  variant: Variant,
  size: ProductSize,
): number {
  const { tiles, sums } = tilesOf(machine, variant, size, true);
  return tiles * sums;
}

/**
 * How a product is cut into tiles, and the bytes of the sums of one.
 * @param inParts whether k comes in parts: all have the same tiles, and are small by themselves
 */
function tilesOf(
  { set, threads }: Pick<Workspace, 'set' | 'threads'>,
  variant: Variant,
  { samples, groups, m, n, k }: ProductSize,
  inParts: boolean,
) {
  const { sum } = bytesOf(variant);
  const MR = rowsOfPanel(set, variant);
  const NR = TILE_ROW / sum;
  const products = samples * groups;
  const cells = inParts ? Infinity : (PRODUCTS_PER_TILE * 4) / sum / k;
  const worthwhile = inParts ? Infinity : Math.max(1, (m * n * k) / LEAST_PRODUCTS);
  const wanted = threads > 1 ? Math.min(Math.ceil((TILES_PER_THREAD * threads) / products), worthwhile) : 1;
  const most = inParts ? NC : (NC * KC) / Math.min(KC, k);
  const columns = inEqualBlocks(n, Math.min(most, n / wanted, cells / Math.min(m, LEAST_ROWS)), NR);
  const rows = inEqualBlocks(m, Math.max(LEAST_ROWS, cells / columns), MR);
  return {
    columns,
    rows,
    tiles: products * Math.ceil(n / columns) * Math.ceil(m / rows),
    sums: rows * (columns / NR) * TILE_ROW,
  };
}

/** The size of blocks of whole micropanels: all the same, rather than a last one that is not worth its while. */
function inEqualBlocks(count: number, most: number, panel: number): number {
  const blocks = Math.max(1, Math.ceil(count / Math.max(most, panel)));
  return Math.max(1, Math.ceil(count / blocks / panel)) * panel;
}

/**
 * out[i, j] = Σ_k a[i, k] · b[k, j] + bias[i] for each sample and group.
 * @param part if k is only a part of all there is to add up
 */
export function* product(
  workspace: Workspace,
  variant: Variant,
  size: ProductSize,
  panels: PackedA,
  b: Operand & Columns,
  out: Operand & { readonly rowStep: number },
  bias = 0,
  part: PartOfK = WHOLE,
): Work<void> {
  const { groups, m, n, k } = size;
  const { sum } = bytesOf(variant);
  const kc = depthOfBlocks(k);
  const keepsSums = !(part.isFirst && part.isLast);
  const { columns, rows, tiles, sums } = tilesOf(workspace, variant, size, keepsSums);
  const packedB = columns * kc * sum;
  yield* workspace.run(
    `product_${variant}`,
    {
      panels,
      b: b.address,
      bSample: b.sampleStep,
      bGroup: b.groupStep,
      depths: b.depths,
      columns: b.columns,
      out: out.address,
      outSample: out.sampleStep,
      outGroup: out.groupStep,
      outRow: out.rowStep,
      bias,
      groups,
      m,
      n,
      k,
      rows,
      MC,
      NC: columns,
      KC: kc,
      sums: keepsSums ? part.sums : 0,
      isFirst: Number(part.isFirst),
      isLast: Number(part.isLast),
    },
    tiles,
    keepsSums ? packedB : packedB + sums,
  );
}
