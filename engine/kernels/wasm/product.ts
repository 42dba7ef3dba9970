import type { KernelSet } from '../kernels';
import type { Work } from '../work';
import { bytesOf, type Variant } from './arithmetic';
import type { Workspace } from './workspace';

/** Rows of a micropanel of A, as the module was compiled for. */
export function rowsOfPanel(set: KernelSet, variant: Variant): number {
  return set === 'relaxed-simd' && variant !== 'float64' ? 6 : 4;
}

/** Bytes that a row of a tile of sums takes: two vectors. */
const TILE_ROW = 32;

/*
 * The blocks of the macrokernel. A micropanel of B, KC × 32 bytes, and one of A share the first cache (32 KB and more);
 * MC · KC numbers of A and KC · NC of B the second (512 KB and more).
 */
const KC = 256;
const MC = 132; // a multiple of the rows of every panel
const NC = 64;

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

const WHOLE: PartOfK = { sums: 0, isFirst: true, isLast: true };

/** Bytes of the sums of a product whose k comes in parts. */
export function bytesOfSums(
  machine: Pick<Workspace, 'set' | 'threads'>,
  variant: Variant,
  size: ProductSize,
): number {
  const { tiles, sums } = tilesOf(machine, variant, size);
  return tiles * sums;
}

/** How a product is cut into tiles, and the bytes of the sums of one. */
function tilesOf(
  { set, threads }: Pick<Workspace, 'set' | 'threads'>,
  variant: Variant,
  { samples, groups, m, n }: ProductSize,
) {
  const MR = rowsOfPanel(set, variant);
  const NR = TILE_ROW / bytesOf(variant).sum;
  const products = samples * groups;
  // Blocks of one size, rather than a last one that is not worth its while, and some for each thread.
  const wanted = threads > 1 ? Math.ceil((2 * threads) / products) : 1;
  const blocks = Math.max(Math.ceil(n / NC), Math.min(wanted, Math.ceil(n / NR)), 1);
  const columns = Math.ceil(n / blocks / NR) * NR;
  const sums = Math.ceil(m / MR) * MR * (columns / NR) * TILE_ROW;
  return { columns, tiles: columns === 0 ? 0 : products * Math.ceil(n / columns), sums };
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
  const kc = Math.ceil(k / Math.max(1, Math.ceil(k / KC)));
  const { columns, tiles, sums } = tilesOf(workspace, variant, size);
  const packedB = columns * kc * sum;
  const keepsSums = !(part.isFirst && part.isLast);
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
