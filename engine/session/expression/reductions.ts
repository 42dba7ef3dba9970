import { ExpressionError } from '../../errors';
import {
  compactShape,
  isFloat,
  sizeOf,
  stridesOf,
  Tensor,
  unravel,
  wholeRegion,
  type ArraySource,
  type DType,
  type Shape,
} from '../../tensor';
import { readBlocks } from '../../tensor/blocks';

/** Larger arrays are not held in memory as the result of an expression. */
export const MOST_HELD = 2 ** 24;

export type ReductionName =
  'max' | 'min' | 'sum' | 'mean' | 'std' | 'var' | 'any' | 'all' | 'argmax' | 'argmin';

/** One pass over the elements that end up in the same cell of the result. */
interface Pass {
  readonly start: number;
  /** @param at position along the axis, for argmax; among all elements where there is no axis */
  take(sum: number, value: number, at: number, cell: number): number;
}

const better = (best: number, value: number, sign: 1 | -1): boolean =>
  !Number.isNaN(best) && (Number.isNaN(value) || sign * value > sign * best);

const extreme = (sign: 1 | -1): Pass => ({
  start: -sign * Infinity,
  take: (best, value) => (better(best, value, sign) ? value : best),
});

/** Remembers the best value of each cell beside the result, which is its position. The first of equals wins. */
const position = (sign: 1 | -1, cells: number): Pass => {
  const bests = new Float64Array(cells);
  return {
    start: -1,
    take: (found, value, at, cell) => {
      if (found >= 0 && !better(bests[cell], value, sign)) return found;
      bests[cell] = value;
      return at;
    },
  };
};

const SUM: Pass = { start: 0, take: (sum, value) => sum + value };

/**
 * What an array comes to along some of its axes. It is read in blocks and never held; sums run in float64.
 * @param axes those that disappear
 * @param keepdims leaves them with the extent 1
 * @throws ExpressionError if the array is empty and the reduction needs an element; CancelledError
 */
export async function reduce(
  name: ReductionName,
  source: ArraySource,
  axes: readonly number[],
  keepdims: boolean,
  signal?: AbortSignal,
): Promise<Tensor> {
  const kept = source.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  const shape = keepdims ? kept : source.shape.filter((_, axis) => !axes.includes(axis));
  const count = axes.reduce((product, axis) => product * source.shape[axis], 1);
  if (sizeOf(shape) > MOST_HELD) {
    throw new ExpressionError(
      `${name}: the result ${compactShape(shape)} has more than the ${MOST_HELD} values that are held`,
    );
  }
  if (count === 0 && ['max', 'min', 'argmax', 'argmin'].includes(name)) {
    throw new ExpressionError(`${name} of an array without elements: ${compactShape(source.shape)}`);
  }
  const run = (pass: Pass): Promise<Float64Array> => accumulate(source, kept, axes, pass, signal);
  const values = await valuesOf(name, count, sizeOf(shape), run);
  return Tensor.from(values, shape, resultDType(name, source.dtype));
}

async function valuesOf(
  name: ReductionName,
  count: number,
  cells: number,
  run: (pass: Pass) => Promise<Float64Array>,
): Promise<Float64Array> {
  switch (name) {
    case 'max':
      return run(extreme(1));
    case 'min':
      return run(extreme(-1));
    case 'argmax':
      return run(position(1, cells));
    case 'argmin':
      return run(position(-1, cells));
    case 'any':
      return run({ start: 0, take: (found, value) => (value !== 0 ? 1 : found) });
    case 'all':
      return run({ start: 1, take: (found, value) => (value === 0 ? 0 : found) });
    case 'sum':
      return run(SUM);
    case 'mean':
      return (await run(SUM)).map(sum => sum / count);
    case 'var':
    case 'std': {
      const means = (await run(SUM)).map(sum => sum / count);
      const squares = await run({
        start: 0,
        take: (sum, value, _at, cell) => sum + (value - means[cell]) ** 2,
      });
      return squares.map(sum => (name === 'var' ? sum / count : Math.sqrt(sum / count)));
    }
  }
}

/** @param kept shape of the result with the reduced axes as 1 */
async function accumulate(
  source: ArraySource,
  kept: Shape,
  axes: readonly number[],
  pass: Pass,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const values = new Float64Array(sizeOf(kept)).fill(pass.start);
  // Where all axes disappear, the array is one long row.
  const flat = axes.length === source.shape.length;
  const shape = flat ? [sizeOf(source.shape)] : source.shape;
  const strides = flat ? [0] : stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const along = axes.length === 1 && !flat ? axes[0] : undefined;
  const last = shape.length - 1;
  let offset = 0;
  for await (const block of readBlocks(source, wholeRegion(source.shape), signal)) {
    const elements = block.numbers();
    for (let from = 0; from < elements.length;) {
      // What is left of a row in the block.
      const index = unravel(offset + from, shape);
      const length = Math.min(shape[last] - index[last], elements.length - from);
      const firstCell = index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
      const firstAt = along === undefined ? offset + from : index[along];
      const atStride = along === undefined || along === last ? 1 : 0;
      for (let i = 0; i < length; i++) {
        const cell = firstCell + i * strides[last];
        values[cell] = pass.take(values[cell], elements[from + i], firstAt + i * atStride, cell);
      }
      from += length;
    }
    offset += elements.length;
  }
  return values;
}

function resultDType(name: ReductionName, dtype: DType): DType {
  switch (name) {
    case 'max':
    case 'min':
      return dtype;
    case 'argmax':
    case 'argmin':
      return 'int64';
    case 'any':
    case 'all':
      return 'bool';
    case 'sum':
      return isFloat(dtype) ? dtype : dtype.startsWith('u') ? 'uint64' : 'int64';
    case 'mean':
    case 'std':
    case 'var':
      return isFloat(dtype) ? dtype : 'float64';
  }
}
