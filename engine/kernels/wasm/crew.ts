import type { Work } from '../work';

/** Computes one tile of its work: {@link Job}. */
export type Kernel = (args: number, tile: number, scratch: number) => void;

/** Work of one kernel, cut into tiles that do not depend on one another and write to different places. */
export interface Job {
  /** Name of an exported function of the module. */
  readonly kernel: string;
  /** Address of its arguments. */
  readonly args: number;
  readonly tiles: number;
  /** Address of memory of its own for each thread, `scratchBytes` apart. */
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** The threads that compute tiles, and the memory they share. */
export interface Crew {
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  /**
   * Computes all tiles of a job. Pauses every few milliseconds; if the work is not resumed but ended (`return()`), no
   * thread touches the memory any more when that returns.
   */
  run(job: Job): Work<void>;
  /** Ends the other threads, after the job that is under way; the calling one goes on alone. */
  end(): void;
}

/** Milliseconds of tiles between two offers to pause. */
export const SLICE_MS = 4;

/** The kernels of a module by their names. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Readonly<Record<string, Kernel>> {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Kernel>;
}

/**
 * A memory of one page that can grow, to 4 GiB unless said otherwise. It is shared, also where one thread is alone: so what lies in it stays where
 * it is when it grows.
 * @param maximum pages of 64 KiB
 * @throws RangeError if there is no address space for it
 */
export function createMemory(maximum = 2 ** 16): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
}

/** The calling thread alone. */
export function createSingleCrew(module: WebAssembly.Module, memory = createMemory()): Crew {
  const kernels = instantiate(module, memory);
  return {
    threads: 1,
    memory,
    *run({ kernel, args, tiles, scratch }) {
      const compute = kernels[kernel];
      let until = performance.now() + SLICE_MS;
      for (let tile = 0; tile < tiles; tile++) {
        compute(args, tile, scratch);
        if (performance.now() < until) continue;
        yield;
        until = performance.now() + SLICE_MS;
      }
    },
    end: () => undefined,
  };
}
