import { bytesInMemory, elementsIn, sizeOf, Tensor, type DType, type Shape } from '../../tensor';

/** Bytes of memory that wait to be used again, at most. */
const MOST_BYTES = 2 ** 28;

/** Bytes below which fresh memory costs nothing. */
const LEAST_BYTES = 2 ** 14;

/**
 * The memory of results. What nobody reads any more can be given back, and later results of that size lie in it: fresh
 * memory, which the system clears page by page and the garbage collector has to find again, takes longer than many a
 * kernel.
 */
export interface ResultMemory {
  /** A tensor with room for all of its numbers. What they are is not said: it may be an earlier result. */
  take(shape: Shape, dtype: DType): Tensor;
  /** Takes back the memory of a tensor that was had here, once. Others stay as they are. */
  giveBack(tensor: Tensor): void;
}

/** @param most bytes that wait to be used again; beyond that, those that have waited longest are given up */
export function createResultMemory(most = MOST_BYTES): ResultMemory {
  /** What has been taken from here and not given back. */
  const taken = new WeakSet<ArrayBuffer>();
  /** What waits, the oldest first. */
  const waiting: ArrayBuffer[] = [];
  let bytesWaiting = 0;

  const find = (bytes: number): ArrayBuffer | undefined => {
    const index = waiting.findLastIndex(({ byteLength }) => byteLength === bytes);
    if (index < 0) return undefined;
    bytesWaiting -= bytes;
    return waiting.splice(index, 1)[0];
  };
  return {
    take(shape, dtype) {
      const bytes = sizeOf(shape) * bytesInMemory(dtype);
      const buffer = find(bytes) ?? new ArrayBuffer(bytes);
      if (bytes >= LEAST_BYTES) taken.add(buffer);
      return Tensor.wrap(elementsIn(buffer, dtype), shape, dtype);
    },
    giveBack({ data: { buffer } }) {
      if (!(buffer instanceof ArrayBuffer) || !taken.delete(buffer)) return;
      waiting.push(buffer);
      bytesWaiting += buffer.byteLength;
      while (bytesWaiting > most) bytesWaiting -= waiting.shift()!.byteLength;
    },
  };
}
