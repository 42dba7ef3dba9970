import type { Numbers, Tensor } from '../tensor';

export type { Numbers };

/** A matrix as it lies in memory, so that a transposed one needs no copy. */
export interface Matrix {
  readonly values: Numbers;
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
