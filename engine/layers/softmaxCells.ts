import { exp, fillCells, paced, type CellFunction, type Factors } from '../kernels';
import { sizeOf, type LazyTensor, type Shape } from '../tensor';
import type { Term } from '../trace';
import type { BlockFormula, CellArrays, Computing, Look, Move, Operand, Sum } from './cells';
import { mapped } from './mapped';
import { mapSums } from './mapSums';

/** The cells along one axis: K of them in each of as many rows as there are combinations of the other axes. */
export interface Rows {
  readonly K: number;
  /** Shape of an array with one cell for each row. */
  readonly shape: Shape;
  /** The row of a position, and how many positions, from each multiple of it on, are in the same one. */
  row(position: number): number;
  readonly run: number;
  /** Whether the cells of a row follow one another. */
  readonly inOnePiece: boolean;
  /** The position of the k-th cell of a row. */
  cell(row: number, k: number): number;
}

/** The rows of `shape` along `axis`. */
export function rowsAlong(shape: Shape, axis: number): Rows {
  const K = shape[axis];
  const inner = shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  return {
    K,
    shape: shape.toSpliced(axis, 1),
    row: position => Math.floor(position / (K * inner)) * inner + (position % inner),
    run: inner === 1 ? K : 1,
    inOnePiece: inner === 1,
    cell: (row, k) => (Math.floor(row / inner) * K + k) * inner + (row % inner),
  };
}

/** An array with one cell for each row, read by the cells of the row. */
export function ofRow(array: string, { row, run }: Rows): Operand {
  return { array, at: row, run };
}

/**
 * What computes an array of cells and of an array with one cell for each row.
 * @param compute does so, too, where the cells of a row do not follow one another
 */
export function mappedOfRows(
  { dtype }: CellArrays,
  rows: Rows,
  f: CellFunction,
  cells: readonly LazyTensor[],
  ofRows: LazyTensor,
  compute: BlockFormula,
): Computing {
  if (!rows.inOnePiece) return { compute };
  const factors = async (signal?: AbortSignal): Promise<Factors> => ({
    run: rows.K,
    values: [(await ofRows.get(signal)).numbers()],
  });
  return { work: mapped(dtype, f, cells, factors) };
}

/** What sums the cells of each row, or their products, where those of a row follow one another. */
export function sumsOfRows(
  { dtype }: CellArrays,
  { K, shape, inOnePiece }: Rows,
  ...factors: Parameters<typeof mapSums>[2]
): Sum['work'] {
  return inOnePiece ? mapSums(dtype, [1, sizeOf(shape), K], factors, shape) : undefined;
}

/** How the arrays of a softmax look. */
interface SoftmaxLook {
  /** Of x's shape. */
  readonly cells: Look;
  /** One cell for each row. */
  readonly rows: Look;
  /** What comes out. */
  readonly y: Look;
}

/** The steps that {@link addSoftmax} has arrays for. @param y name of the result */
export function softmaxMoves(y: string): Move[] {
  return [
    ['center', ['x'], ['max', 'shifted']],
    ['exp', ['shifted'], ['exp']],
    ['total', ['exp'], ['sum']],
    ['divide', ['exp', 'sum'], [y]],
  ];
}

/**
 * Adds softmax along an axis of the array `x` ("Deep Learning from Scratch", section 3.5.2): `max` of every row is taken
 * from its cells (`shifted`), so that `exp` cannot overflow, and `y` is each of these divided by their `sum`.
 * @param y name of the result
 */
export function addSoftmax(
  layer: CellArrays,
  x: LazyTensor,
  y: string,
  shape: Shape,
  rows: Rows,
  look: SoftmaxLook,
): LazyTensor {
  const max = addMax(layer, rows, look.rows);
  layer.formula('shifted', {
    ...look.cells,
    shape,
    formula: '{0} − {1}',
    from: ['x', ofRow('max', rows)],
    compute(shifted, x, max) {
      for (let i = 0; i < shifted.length; i++) shifted[i] = x[i] - max[i];
    },
  });
  const powers = layer.keptFormula('exp', {
    ...look.cells,
    shape,
    formula: 'exp({0})',
    from: ['shifted'],
    ...mappedOfRows(layer, rows, 'expBelow', [x], max, (exps, shifted) => {
      for (let i = 0; i < exps.length; i++) exps[i] = exp(shifted[i]);
    }),
  });
  const sum = layer.sum('sum', {
    ...look.rows,
    shape: rows.shape,
    count: rows.K,
    factors: [{ array: 'exp', at: rows.cell }],
    work: sumsOfRows(layer, rows, powers),
  });
  return layer.keptFormula(y, {
    ...look.y,
    shape,
    formula: '{0} / {1}',
    from: ['exp', ofRow('sum', rows)],
    ...mappedOfRows(layer, rows, 'divide', [powers], sum, (result, exps, sums) => {
      for (let i = 0; i < result.length; i++) result[i] = exps[i] / sums[i];
    }),
  });
}

/** Adds the largest cell of every row; a NaN is larger than all, as NumPy has it. */
function addMax(layer: CellArrays, { K, shape, cell }: Rows, look: Look): LazyTensor {
  const along = { array: 'x', at: cell };
  const winner = (row: number, valueAt: (row: number, k: number) => number): number => {
    let best = 0;
    for (let k = 1; k < K; k++) {
      const value = valueAt(row, k);
      const leader = valueAt(row, best);
      if (value > leader || (Number.isNaN(value) && !Number.isNaN(leader))) best = k;
    }
    return best;
  };
  const max = layer.kept('max', shape, async signal => {
    const { value } = await layer.open(along, signal);
    return paced(
      fillCells(shape, layer.dtype, row => value(row, winner(row, value)), K),
      signal,
    );
  });
  return layer.tensor('max', look, max, async (row, self) => {
    const x = await layer.open(along);
    const best = winner(row, (at, k) => x.value(at, k));
    const terms = Array.from({ length: K }, (_, k): Term => {
      const from = x.cell(row, k);
      return { factors: [from], value: from.value, ...(k === best ? { winner: true as const } : {}) };
    });
    return { cell: self, rule: 'max', terms, termCount: K };
  });
}
