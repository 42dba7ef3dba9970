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
}

/** Milliseconds of tiles between two offers to pause. */
const SLICE_MS = 4;

/** The calling thread alone. @param module of kernels whose memory is not shared */
export function createSingleCrew(module: WebAssembly.Module): Crew {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 ** 16 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return {
    threads: 1,
    memory,
    *run({ kernel, args, tiles, scratch }) {
      const compute = exports[kernel] as Kernel;
      let until = performance.now() + SLICE_MS;
      for (let tile = 0; tile < tiles; tile++) {
        compute(args, tile, scratch);
        if (performance.now() < until) continue;
        yield;
        until = performance.now() + SLICE_MS;
      }
    },
  };
}
