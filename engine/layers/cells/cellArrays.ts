import { fillBlocks, fillCells, paced } from '../../kernels';
import {
  cellRegion,
  lazySource,
  ravel,
  unravel,
  type ArraySource,
  type DType,
  type LazyTensor,
  type Shape,
  type Tensor,
} from '../../tensor';
import { copyOf, MAX_TERMS, rounding, type Cell, type Term, type TraceArray } from '../../trace';
import type { Keep } from '../runningLayer';
import { formulaCells, tensorCells, type Cells } from './cells';
import { cellsSource } from './cellsSource';
import type {
  CellArrays,
  Explain,
  Formula,
  From,
  Look,
  OpenOperand,
  Operand,
  Origin,
  Sum,
} from './definitions';

/** An array of the layer as others of its arrays read it. */
interface Readable {
  readonly shape: Shape;
  open(signal?: AbortSignal): Promise<Cells>;
}

/**
 * @param layer name under which the arrangements are filed
 * @param dtype what is computed in
 */
export function createCellArrays(layer: string, dtype: DType, keep: Keep): CellArrays {
  const arrays = new Map<string, TraceArray>();
  const readables = new Map<string, Readable>();
  const round = rounding(dtype);

  const add = (readable: Readable, look: Look, source: ArraySource, explain: Explain): void => {
    const { name, shape } = source;
    readables.set(name, readable);
    arrays.set(name, {
      source,
      role: look.role,
      scaleOf: look.scaleOf,
      arrangements: look.axes ? { [layer]: look.axes } : {},
      async explain(index, signal?: AbortSignal) {
        const value = Number((await source.read(cellRegion(index), signal)).data[0]);
        return explain(ravel(index, shape), { array: name, index: [...index], value }, signal);
      },
    });
  };

  const readable = (name: string): Readable => {
    const found = readables.get(name);
    if (!found) throw new Error(`internal: ${layer} has no array '${name}'`);
    return found;
  };

  const open: CellArrays['open'] = async (from, signal) => {
    const {
      array,
      at,
      run = 1,
    }: Operand = typeof from === 'string' ? { array: from, at: samePosition } : from;
    const { shape, open } = readable(array);
    const cells = await open(signal);
    const value: OpenOperand['value'] = (position, k) => cells.at(at(position, k));
    return {
      value,
      cell: (position, k) => ({ array, index: unravel(at(position, k), shape), value: value(position, k) }),
      cells: at === samePosition ? cells : cells.moved(at, run),
    };
  };
  const openAll = async (from: readonly From[], signal?: AbortSignal): Promise<OpenOperand[]> => {
    // What comes from above is asked for before what went forward: see LayerOperands.
    if (from.some(one => arrayOf(one) === 'dout')) await open('dout', signal);
    return Promise.all(from.map(one => open(one, signal)));
  };

  const kept: CellArrays['kept'] = (name, shape, make) =>
    keep<string>({ [name]: { shape, dtype } }, async signal => ({ [name]: await make(signal) }))[name];

  const tensor: CellArrays['tensor'] = (name, look, lazy, explain = givenAt) => {
    add(
      { shape: lazy.shape, open: signal => tensorCells(lazy, signal) },
      look,
      lazySource(name, lazy),
      explain,
    );
    return lazy;
  };

  const openFormula = async (
    { from, compute }: Pick<Formula, 'from' | 'compute'>,
    signal?: AbortSignal,
  ): Promise<Cells> => {
    const operands = (await openAll(from, signal)).map(({ cells }) => cells);
    return formulaCells(compute, operands, dtype === 'float32');
  };
  const explainFormula =
    ({ formula, from }: Pick<Formula, 'formula' | 'from'>): Explain =>
    async (position, cell, signal) => {
      const operands = await openAll(from, signal);
      const terms = operands.map((operand): Term => termOf([operand.cell(position, 0)]));
      const text = typeof formula === 'string' ? formula : formula(position);
      return { cell, rule: 'formula', formula: text, terms, termCount: terms.length };
    };

  const explainSum =
    ({ count, factors, bias, divisor }: Sum): Explain =>
    async (position, cell, signal) => {
      const operands = await openAll(factors, signal);
      const terms = Array.from({ length: Math.min(count, MAX_TERMS) }, (_, k) =>
        termOf(operands.map(operand => operand.cell(position, k))),
      );
      let total = 0;
      for (let k = 0; k < count; k++)
        total += operands.reduce((product, operand) => product * operand.value(position, k), 1);
      const sums = { terms, termCount: count };
      if (divisor !== undefined) return { cell, rule: 'mean', ...sums, sum: total, divisor };
      const sum = { cell, rule: 'sum', ...sums, sum: round(total) } as const;
      return bias ? { ...sum, bias: (await open(bias, signal)).cell(position, 0) } : sum;
    };

  return {
    dtype,
    arrays,
    tensor,
    kept,
    open,
    formula(name, formula) {
      const { shape } = formula;
      const openCells = (signal?: AbortSignal): Promise<Cells> => openFormula(formula, signal);
      const source = cellsSource(name, formula.dtype ?? dtype, shape, openCells);
      add({ shape, open: openCells }, formula, source, explainFormula(formula));
    },
    keptFormula(name, formula) {
      const { shape } = formula;
      const make =
        formula.work ??
        (async (signal?: AbortSignal) =>
          paced(fillBlocks(shape, dtype, (await openFormula(formula, signal)).fill), signal));
      return tensor(name, formula, kept(name, shape, make), explainFormula(formula));
    },
    sum(name, sum) {
      const { shape, count, factors, divisor = 1, work } = sum;
      const compute = async (signal?: AbortSignal): Promise<Tensor> => {
        const values = (await openAll(factors, signal)).map(operand => operand.value);
        const [a] = values;
        const b = values.at(1);
        const termAt = b ? (position: number, k: number) => a(position, k) * b(position, k) : a;
        const valueAt = (position: number): number => {
          let total = 0;
          for (let k = 0; k < count; k++) total += termAt(position, k);
          return total / divisor;
        };
        return paced(fillCells(shape, dtype, valueAt, count), signal);
      };
      return tensor(name, sum, kept(name, shape, work ?? compute), explainSum(sum));
    },
    copy: (name, look, lazy, from) =>
      tensor(name, look, lazy, (position, cell) => {
        const source = from(position);
        const index = unravel(source.position, readable(source.array).shape);
        return copyOf(cell, { array: source.array, index, value: cell.value });
      }),
  };
}

/** The cell of `array` at the same position. */
export function samePlace(array: string): Origin {
  return position => ({ array, position });
}

/** The same numbers under another shape; nothing is copied. */
export function reshaped(tensor: LazyTensor, shape: Shape): LazyTensor {
  return { shape, dtype: tensor.dtype, get: async signal => (await tensor.get(signal)).reshape(shape) };
}

function arrayOf(from: From): string {
  return typeof from === 'string' ? from : from.array;
}

const samePosition = (position: number): number => position;

const givenAt: Explain = (_position, cell) => ({ cell, rule: 'given', terms: [], termCount: 0 });

function termOf(factors: readonly Cell[]): Term {
  return { factors, value: factors.reduce((product, { value }) => product * value, 1) };
}
