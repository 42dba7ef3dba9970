import { Tensor, type DType } from '../../tensor';
import type { Matrix } from '../matrix';
import type { Work } from '../work';
import { addMultiples, BLOCK, multiplyVectors, pieceOf } from './rowBlocks';

/**
 * The matrix product out[i, j] = Σ_k a[i, k] · b[k, j], summed in float64 in the order of k.
 * @param a (I, K)
 * @param b (K, J)
 * @returns (I, J)
 */
export function* matmul(a: Matrix, b: Matrix, dtype: DType): Work<Tensor> {
  const product = Tensor.zeros([a.rows, b.columns], dtype);
  const to = product.numbers();
  const row = new Float64Array(a.columns);
  const sums = new Float64Array(b.columns);
  const addRow = b.columnStride === 1 ? addRowByRow : addColumnByColumn;
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < row.length; k++) row[k] = a.values[i * a.rowStride + k * a.columnStride];
    sums.fill(0);
    yield* addRow(row, b, sums);
    to.set(sums, i * b.columns);
  }
  return product;
}

/** A row times b where the rows of b lie in one piece: the whole row of sums grows with every few k. */
function* addRowByRow(row: Float64Array, { values, rows, columns }: Matrix, sums: Float64Array): Work<void> {
  const factors = new Float64Array(BLOCK);
  const blocks = rows - (rows % BLOCK);
  const piece = BLOCK * pieceOf(BLOCK * columns);
  for (let k = 0; k < blocks; k += BLOCK) {
    for (let i = 0; i < BLOCK; i++) factors[i] = row[k + i];
    addMultiples(values, k * columns, columns, factors, sums, 0);
    if (k % piece === 0) yield;
  }
  for (let k = blocks; k < rows; k++)
    for (let j = 0; j < columns; j++) sums[j] += row[k] * values[k * columns + j];
}

/** A row times b where the columns of b lie in one piece: a few sums after the others. */
function* addColumnByColumn(
  row: Float64Array,
  { values, rows, columns }: Matrix,
  sums: Float64Array,
): Work<void> {
  const some = new Float64Array(BLOCK);
  const blocks = columns - (columns % BLOCK);
  const piece = BLOCK * pieceOf(BLOCK * rows);
  for (let j = 0; j < blocks; j += BLOCK) {
    multiplyVectors(values, j * rows, rows, row, 0, some);
    sums.set(some, j);
    if (j % piece === 0) yield;
  }
  for (let j = blocks; j < columns; j++)
    for (let k = 0; k < rows; k++) sums[j] += row[k] * values[j * rows + k];
}
