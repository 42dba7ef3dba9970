import { Tensor, type DType } from '../tensor';
import type { Work } from './work';

/** A matrix as it lies in memory, so that a transposed one needs no copy. */
export interface Matrix {
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** Steps in `values` from a row, and from a column, to the next. */
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A tensor of two axes as a matrix. */
export function matrix(tensor: Tensor): Matrix {
  const [rows, columns] = tensor.shape;
  return { values: tensor.numbers(), rows, columns, rowStride: columns, columnStride: 1 };
}

export function transposed({ values, rows, columns, rowStride, columnStride }: Matrix): Matrix {
  return { values, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

/**
 * The matrix product out[i, j] = Σ_k a[i, k] · b[k, j], summed in float64 in the order of k.
 * @param a (I, K)
 * @param b (K, J)
 * @returns (I, J)
 */
export function* matmul(a: Matrix, b: Matrix, dtype: DType): Work<Tensor> {
  const product = Tensor.zeros([a.rows, b.columns], dtype);
  const to = product.numbers();
  const sums = new Float64Array(b.columns);
  const addRow = b.columnStride === 1 ? addRowByRow : addColumnByColumn;
  for (let i = 0; i < a.rows; i++) {
    sums.fill(0);
    yield* addRow(a, i, b, sums);
    to.set(sums, i * b.columns);
    yield;
  }
  return product;
}

/** Multiplications between two offers to pause. */
const PIECE = 1 << 14;

/** Row `i` of a · b where the rows of b lie in one piece: the whole row of sums grows with every k. */
function* addRowByRow(a: Matrix, i: number, b: Matrix, sums: Float64Array): Work<void> {
  const piece = Math.max(1, Math.floor(PIECE / b.columns));
  for (let k = 0; k < b.rows; k++) {
    const factor = a.values[i * a.rowStride + k * a.columnStride];
    const row = k * b.rowStride;
    for (let j = 0; j < sums.length; j++) sums[j] += factor * b.values[row + j];
    if (k % piece === piece - 1) yield;
  }
}

/** Row `i` of a · b where the columns of b lie in one piece: one sum after the other. */
function* addColumnByColumn(a: Matrix, i: number, b: Matrix, sums: Float64Array): Work<void> {
  const piece = Math.max(1, Math.floor(PIECE / b.rows));
  for (let j = 0; j < sums.length; j++) {
    const column = j * b.columnStride;
    let sum = 0;
    for (let k = 0; k < b.rows; k++)
      sum += a.values[i * a.rowStride + k * a.columnStride] * b.values[column + k * b.rowStride];
    sums[j] = sum;
    if (j % piece === piece - 1) yield;
  }
}
