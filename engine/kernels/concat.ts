import { sizeOf, Tensor, type DType, type Shape } from '../tensor';
import type { Work } from './work';

/** Arrays behind one another along `axis`; their other axes are the same. */
export function* concatenate(parts: readonly Tensor[], axis: number, dtype: DType): Work<Tensor> {
  const length = parts.reduce((sum, { shape }) => sum + shape[axis], 0);
  const whole = Tensor.zeros(parts[0].shape.with(axis, length), dtype);
  let start = 0;
  for (const part of parts) {
    yield* moveBlocks(part, [0, part.shape[axis]], whole, [start, length], axis);
    start += part.shape[axis];
  }
  return whole;
}

/** The positions from `start` on of `axis`, as many as `shape` has there: the part of that shape of a concatenation. */
export function* partOf(whole: Tensor, axis: number, start: number, shape: Shape): Work<Tensor> {
  const part = Tensor.zeros(shape, whole.dtype);
  yield* moveBlocks(whole, [start, whole.shape[axis]], part, [0, shape[axis]], axis);
  return part;
}

/** Where the positions that are moved begin on the axis, and how long the axis is. */
type Stretch = readonly [start: number, length: number];

/** Copies the smaller extent of two arrays along `axis`. */
function* moveBlocks(from: Tensor, [a, A]: Stretch, to: Tensor, [b, B]: Stretch, axis: number): Work<void> {
  const inner = sizeOf(from.shape.slice(axis + 1));
  const outer = sizeOf(from.shape.slice(0, axis));
  const block = Math.min(A, B) * inner;
  const source = from.numbers();
  const target = to.numbers();
  for (let o = 0; o < outer; o++) {
    const start = (o * A + a) * inner;
    target.set(source.subarray(start, start + block), (o * B + b) * inner);
    yield;
  }
}
