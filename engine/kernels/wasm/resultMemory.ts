import { UnsupportedError } from '../../errors';
import { bytesInMemory, elementsIn, sizeOf, Tensor, type DType, type Shape } from '../../tensor';
import type { Work } from '../work';
import type { Arena } from './arena';
import { isFloat } from './arithmetic';

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
  /** A copy of a float tensor in the memory of the kernels, as long as there is room in it; else the tensor itself. */
  place(tensor: Tensor): Tensor;
  /** Takes back the memory of a tensor that was had here, once. Others stay as they are. */
  giveBack(tensor: Tensor): void;
}

/** Calls `body` with a machine whose results are given back if it does not come to its end. */
export function* withResults<M extends { readonly results: ResultMemory }, T>(
  machine: M,
  body: (machine: M) => Work<T>,
): Work<T> {
  let taken: Tensor[] = [];
  const take: ResultMemory['take'] = (shape, dtype) => {
    const result = machine.results.take(shape, dtype);
    taken.push(result);
    return result;
  };
  try {
    const result = yield* body({ ...machine, results: { ...machine.results, take } });
    taken = [];
    return result;
  } finally {
    taken.forEach(machine.results.giveBack);
  }
}

/** @param most bytes of the arena that results have, at most */
export function createResultMemory(arena: Arena, most = MOST_BYTES): ResultMemory {
  /** Those that have not been given back, by the numbers, which a tensor of another shape has in common. */
  const lent = new WeakSet<Tensor['data']>();
  /** Bytes that have been given back, and not been taken again. */
  let free = 0;

  const lend = (memory: ArrayBufferLike, shape: Shape, dtype: DType, address = 0): Tensor => {
    const tensor = Tensor.wrap(elementsIn(memory, dtype, address, sizeOf(shape)), shape, dtype);
    if (tensor.data.byteLength >= LEAST_BYTES) lent.add(tensor.data);
    return tensor;
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
    place(tensor) {
      const numbers = tensor.numbers();
      const worthIt = isFloat(numbers, tensor.dtype) && numbers.byteLength >= LEAST_BYTES;
      const copy = worthIt ? inArena(tensor.shape, tensor.dtype) : undefined;
      copy?.numbers().set(numbers);
      return copy ?? tensor;
    },
    giveBack({ data }) {
      if (!lent.delete(data)) return;
      free = Math.min(most, free + data.byteLength);
      const address = arena.addressOf(data);
      if (address !== undefined) arena.giveBack(address);
    },
  };
}
