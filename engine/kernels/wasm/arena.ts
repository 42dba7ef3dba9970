import { UnsupportedError } from '../../errors';
import { formatBytes } from '../../tensor/formatBytes';

/** Bytes of a page, the unit in which a memory grows. */
const PAGE = 2 ** 16;

/** A cache line: where a piece of memory begins, and what lies free around it, so that vectors may reach past its ends. */
const LINE = 64;

/** A piece of the memory. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/** The memory of kernels: pieces of it are taken for one call and given back at its end. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /**
   * @returns the address of so many free bytes, on a cache line
   * @throws UnsupportedError if the memory cannot grow as far; nothing is taken then
   */
  take(bytes: number): number;
  giveBack(address: number): void;
}

export function createArena(memory: WebAssembly.Memory): Arena {
  /** The pieces in use, by their addresses. */
  const taken: Piece[] = [];

  const grow = (bytes: number): void => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      memory.grow(Math.ceil(missing / PAGE));
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
  };
}
