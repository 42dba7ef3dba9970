import type { DType, Tensor } from '../../../tensor';
import type { Matrix } from '../../matrix';
import type { Work } from '../../work';
import { bytesOf, type Variant } from '../arithmetic';
import { lengthOf, multiples, openBox, placeBox, type Range } from '../memory/pieces';
import { bytesOfSums, packA, product, WHOLE } from './product';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** A matrix of numbers in the memory that kernels can read. */
export type FloatMatrix = Matrix & { readonly values: Floats };

/**
 * Rows and columns of what is in the memory of the kernels at a time: with its packed numbers and sums it takes some
 * 30 MB. Thin matrices have as many numbers there.
 */
const SIDE = 1024;

/** out[i, j] = Σ_k a[i, k] · b[k, j], block after block. */
export function* matmul(
  machine: Machine,
  variant: Variant,
  a: FloatMatrix,
  b: FloatMatrix,
  dtype: DType,
  side = SIDE,
): Work<Tensor> {
  const out = machine.results.take([a.rows, b.columns], dtype);
  const [I, K, J] = [a.rows, a.columns, b.columns];
  const blocks = (extent: number, ...others: number[]): Range[] =>
    equalRanges(extent, Math.max(side, Math.floor(side ** 2 / Math.max(...others))));
  const depths = blocks(K, I, J);
  for (const i of blocks(I, K, J))
    for (const j of blocks(J, I, K))
      yield* inWorkspace(machine, workspace =>
        multiplyBlock(workspace, machine, variant, a, b, out, i, j, depths),
      );
  return out;
}

/** From 0 to `extent` in ranges that are about equal and no longer than `most`; one of nothing if there is nothing. */
function equalRanges(extent: number, most: number): Range[] {
  const count = Math.max(1, Math.ceil(extent / most));
  const end = (index: number): number => Math.floor((index * extent) / count);
  return Array.from({ length: count }, (_, index) => [end(index), end(index + 1)] as const);
}

function* multiplyBlock(
  workspace: Workspace,
  machine: Machine,
  variant: Variant,
  a: FloatMatrix,
  b: FloatMatrix,
  out: Tensor,
  i: Range,
  j: Range,
  depths: readonly Range[],
): Work<void> {
  const { number } = bytesOf(variant);
  const block = { samples: 1, groups: 1, m: lengthOf(i), n: lengthOf(j) };
  const to = openBox(workspace, out.numbers() as Floats, out.shape, [i, j]);
  const sums = depths.length > 1 ? workspace.take(bytesOfSums(workspace, variant, { ...block, k: 0 })) : 0;
  for (const [index, k] of depths.entries()) {
    const part = sums ? { sums, isFirst: index === 0, isLast: index === depths.length - 1 } : WHOLE;
    const size = { ...block, k: lengthOf(k) };
    yield* inWorkspace(machine, function* (inner) {
      const left = placeBlock(inner, a, i, k);
      const panels = yield* packA(inner, variant, size, left, left.rows, left.columns);
      const right = placeBlock(inner, b, k, j);
      yield* product(
        inner,
        variant,
        size,
        panels,
        { ...right, depths: inner.place(right.rows), columns: inner.place(right.columns) },
        { address: to.address, sampleStep: 0, groupStep: 0, rowStep: block.n * number },
        0,
        part,
      );
    });
  }
  to.close();
}

/** Copies a block of a matrix into memory, as it lies. @returns where, and the offsets of its rows and columns in bytes */
function placeBlock(
  workspace: Workspace,
  { values, rows, columns, rowStride, columnStride }: FloatMatrix,
  down: Range,
  across: Range,
) {
  const bytes = values.BYTES_PER_ELEMENT;
  const inRows = columnStride === 1 && (rowStride === columns || rows === 1);
  const address = inRows
    ? placeBox(workspace, values, [rows, columns], [down, across])
    : placeBox(workspace, values, [columns, rows], [across, down]);
  return {
    address,
    sampleStep: 0,
    groupStep: 0,
    rows: multiples(lengthOf(down), inRows ? lengthOf(across) * bytes : bytes),
    columns: multiples(lengthOf(across), inRows ? bytes : lengthOf(down) * bytes),
  };
}
