import { ExpressionError } from '../../errors';
import {
  allocate,
  compactShape,
  readTensor,
  sizeOf,
  Tensor,
  wholeRegion,
  type ArraySource,
  type DType,
  type Shape,
} from '../../tensor';
import { readBlocks } from '../../tensor/blocks';
import { MOST_HELD } from './reductions';

/** All elements of an array, in memory. @throws ExpressionError if there are too many; CancelledError */
export async function hold(source: ArraySource, signal?: AbortSignal): Promise<Tensor> {
  checkHoldable(source);
  const data = allocate(source.dtype, sizeOf(source.shape));
  let offset = 0;
  for await (const block of readBlocks(source, wholeRegion(source.shape), signal)) {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      data.set(BigInt64Array.from(block.data, BigInt), offset);
    } else data.set(block.numbers(), offset);
    offset += block.size;
  }
  return Tensor.wrap(data, source.shape, source.dtype);
}

/** @throws ExpressionError if an array is too large to be held */
function checkHoldable({ shape }: ArraySource): void {
  if (sizeOf(shape) > MOST_HELD) {
    throw new ExpressionError(
      `${compactShape(shape)} has more than the ${MOST_HELD} values that are held in memory: slice it first`,
    );
  }
}

/** The same elements under another shape of as many; they are held once they are read. @throws ExpressionError */
export function reshaped(source: ArraySource, shape: Shape): ArraySource {
  checkHoldable(source);
  let whole: Promise<Tensor> | undefined;
  return {
    name: '',
    dtype: source.dtype,
    shape,
    async read(region, signal) {
      whole ??= hold(source, signal).catch((error: unknown) => {
        whole = undefined;
        throw error;
      });
      return readTensor((await whole).reshape(shape), region);
    },
  };
}

/** The array with its axes in another order. @param axes a permutation: axis `i` is `axes[i]` of `source` */
export function transposed(source: ArraySource, axes: readonly number[]): ArraySource {
  return {
    name: '',
    dtype: source.dtype,
    shape: axes.map(axis => source.shape[axis]),
    async read(region, signal) {
      const own = source.shape.map((_, axis) => region[axes.indexOf(axis)]);
      return (await source.read(own, signal)).transpose(axes);
    },
  };
}

/** An array that an expression made, under the expression's name; those of a layer keep theirs. */
export function named(source: ArraySource, name: string): ArraySource {
  const { name: own, dtype, shape, read } = source;
  return own === '' ? { name, dtype, shape, read } : source;
}

/** The same elements, converted. */
export function converted(source: ArraySource, dtype: DType): ArraySource {
  return {
    name: '',
    shape: source.shape,
    dtype,
    read: async (region, signal) => (await source.read(region, signal)).astype(dtype),
  };
}

/** The array with further axes of one position. @param at their positions in the result, ascending */
export function expanded(source: ArraySource, at: readonly number[]): ArraySource {
  const shape = [...source.shape];
  for (const axis of at) shape.splice(axis, 0, 1);
  return {
    name: '',
    dtype: source.dtype,
    shape,
    async read(region, signal) {
      const counts = region.map(range => range.count);
      if (sizeOf(counts) === 0) return Tensor.zeros(counts, source.dtype);
      const own = region.filter((_, axis) => !at.includes(axis));
      return (await source.read(own, signal)).reshape(counts);
    },
  };
}
