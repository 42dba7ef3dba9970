import { UnsupportedError } from '../../../errors';
import { formatBytes } from '../../../tensor/formatBytes';

/** Bytes of a page, the unit in which a memory grows. */
const PAGE = 2 ** 16;

/** A cache line: where a piece of memory begins, and what lies free around it, so that vectors may reach past its ends. */
const LINE = 64;

/** A piece of the memory. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/** The memory of kernels, which is shared: pieces of it are taken, for one call or for a result, and given back. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /**
   * @returns the address of so many free bytes, on a cache line
   * @throws UnsupportedError if the memory cannot grow as far; nothing is taken then
   */
  take(bytes: number): number;
  giveBack(address: number): void;
  /** Where numbers lie in this memory; undefined for those of other memory. */
  addressOf(numbers: ArrayBufferView): number | undefined;
}

/** @param memory shared, so that what lies in it stays where it is when it grows */
export function createArena(memory: WebAssembly.Memory): Arena {
  /** The pieces in use, by their addresses. */
  const taken: Piece[] = [];
  /** The memory's buffers: it gets another one whenever it grows, and those before go on showing what they did. */
  const buffers = new WeakSet<ArrayBufferLike>([memory.buffer]);

  const grow = (bytes: number): void => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      memory.grow(Math.ceil(missing / PAGE));
      buffers.add(memory.buffer);
    } catch (cause) {
      throw new UnsupportedError(
        `kernels: the memory of the arithmetic cannot grow to ${formatBytes(bytes)}, as this layer needs: ` +
          'try a smaller batch or a smaller image',
        { cause },
      );
    }
  };

  return {
    memory,
    take(bytes) {
      const size = Math.ceil(bytes / LINE) * LINE + LINE;
      let start = LINE;
      let index = 0;
      while (index < taken.length && taken[index].start - start < size) start = taken[index++].end;
      grow(start + size);
      taken.splice(index, 0, { start, end: start + size });
      return start;
    },
    giveBack(address) {
      const index = taken.findIndex(({ start }) => start === address);
      if (index >= 0) taken.splice(index, 1);
    },
    addressOf: ({ buffer, byteOffset }) => (buffers.has(buffer) ? byteOffset : undefined),
  };
}
