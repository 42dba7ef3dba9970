import { UnsupportedError } from '../../../errors';
import { bytesInMemory, elementsIn, sizeOf, Tensor, type DType, type Shape } from '../../../tensor';
import type { Work } from '../../work';
import type { Arena } from './arena';
import { isFloat } from '../arithmetic';

/** Bytes of the kernels' memory that results have, at most. */
const MOST_BYTES = 2 ** 28;

/** Bytes below which fresh memory, and a copy, cost nothing. */
const LEAST_BYTES = 2 ** 14;

/**
 * Where results lie. What nobody reads any more can be given back, and as many bytes of later results lie in the memory of
 * the kernels: there they are neither copied from it, nor to it for the next kernel, nor has the system to clear fresh
 * memory page by page. Results that nobody gives back are in memory of their own, which the garbage collector finds.
 */
export interface ResultMemory {
  /** A tensor with room for all of its numbers. What they are is not said: it may be an earlier result. */
  take(shape: Shape, dtype: DType): Tensor;
  /** The same for a tensor that no caller of the kernels sees: it lies in their memory as long as there is room in it. */
  borrow(shape: Shape, dtype: DType): Tensor;
  /** A copy of a float tensor in the memory of the kernels, as long as there is room in it; else the tensor itself. */
  place(tensor: Tensor): Tensor;
  /** Takes back the memory of a tensor that was had here, once. Others stay as they are. */
  giveBack(tensor: Tensor): void;
  /** The same for a tensor that was had in vain: what there is for later results is as it was before. */
  discard(tensor: Tensor): void;
}

interface WithResults {
  readonly results: ResultMemory;
}

/** Calls `body` with a machine whose results are discarded if it does not come to its end. */
export function* withResults<M extends WithResults, T>(machine: M, body: (machine: M) => Work<T>): Work<T> {
  const { results } = machine;
  let taken: Tensor[] = [];
  const noted =
    (have: ResultMemory['take']): ResultMemory['take'] =>
    (shape, dtype) => {
      const tensor = have(shape, dtype);
      taken.push(tensor);
      return tensor;
    };
  const own = { ...results, take: noted(results.take), borrow: noted(results.borrow) };
  try {
    const result = yield* body({ ...machine, results: own });
    taken = [];
    return result;
  } finally {
    taken.forEach(results.discard);
  }
}

/** The machine for results that no caller of the kernels sees. */
export function borrowing<M extends WithResults>(machine: M): M {
  return { ...machine, results: { ...machine.results, take: machine.results.borrow } };
}

/** @param most bytes of the arena that results have, at most */
export function createResultMemory(arena: Arena, most = MOST_BYTES): ResultMemory {
  /**
   * What each that has not been given back adds to the bytes for later results, by the numbers, which a tensor of another
   * shape has in common.
   */
  const lent = new WeakMap<Tensor['data'], number>();
  /** Bytes that have been given back, and not been taken again. */
  let free = 0;

  const lend = (memory: ArrayBufferLike, shape: Shape, dtype: DType, address = 0): Tensor => {
    const tensor = Tensor.wrap(elementsIn(memory, dtype, address, sizeOf(shape)), shape, dtype);
    const { byteLength } = tensor.data;
    if (byteLength >= LEAST_BYTES) lent.set(tensor.data, byteLength);
    return tensor;
  };
  const settle = ({ data }: Tensor, earned: number): void => {
    if (!lent.delete(data)) return;
    free = Math.min(most, free + earned);
    const address = arena.addressOf(data);
    if (address !== undefined) arena.giveBack(address);
  };
  const inArena = (shape: Shape, dtype: DType): Tensor | undefined => {
    try {
      const address = arena.take(sizeOf(shape) * bytesInMemory(dtype));
      return lend(arena.memory.buffer, shape, dtype, address);
    } catch (error) {
      if (error instanceof UnsupportedError) return undefined;
      throw error;
    }
  };
  return {
    take(shape, dtype) {
      const bytes = sizeOf(shape) * bytesInMemory(dtype);
      const kept = bytes >= LEAST_BYTES && bytes <= free ? inArena(shape, dtype) : undefined;
      if (kept) free -= bytes;
      return kept ?? lend(new ArrayBuffer(bytes), shape, dtype);
    },
    borrow(shape, dtype) {
      const bytes = sizeOf(shape) * bytesInMemory(dtype);
      const borrowed = bytes >= LEAST_BYTES ? inArena(shape, dtype) : undefined;
      if (borrowed) lent.set(borrowed.data, 0);
      return borrowed ?? Tensor.zeros(shape, dtype);
    },
    place(tensor) {
      const numbers = tensor.numbers();
      const worthIt = isFloat(numbers, tensor.dtype) && numbers.byteLength >= LEAST_BYTES;
      const copy = worthIt ? inArena(tensor.shape, tensor.dtype) : undefined;
      copy?.numbers().set(numbers);
      return copy ?? tensor;
    },
    giveBack: tensor => settle(tensor, lent.get(tensor.data) ?? 0),
    discard(tensor) {
      const isThere = arena.addressOf(tensor.data) !== undefined;
      settle(tensor, isThere ? (lent.get(tensor.data) ?? 0) : 0);
    },
  };
}
