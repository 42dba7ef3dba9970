import { finish, type Work } from '../../work';
import { createMemory, createSingleCrew, instantiate, SLICE_MS, type Crew, type Job } from '../crew';
import { controlOf, createControlBlock } from './control';
import { kernelNames, type HelperData } from './helper';

/** Milliseconds of work on the calling thread before it is worth to start others. */
const ALONE_MS = 5;

/** Threads that may end by themselves, which none should; then the calling one stays alone. */
const MOST_LOST = 8;

/** Milliseconds after which a tile is no longer waited for: each takes a few. */
const PATIENCE_MS = 10_000;

/** What the host has to offer: worker_threads, or Web Workers. */
export interface ThreadHost {
  /**
   * Starts a thread that calls {@link help}.
   * @param onEnd called when it has ended, whoever ended it
   * @returns ends it
   */
  start(data: HelperData, onEnd: () => void): () => void;
}

/**
 * The calling thread and others that help it, over shared memory; these are started by the first long job.
 * @param module of kernels whose memory is shared
 * @param threads all of them, with the calling one
 * @throws RangeError if there is no address space for the memory
 */
export function createThreadedCrew(module: WebAssembly.Module, threads: number, host: ThreadHost): Crew {
  const memory = createMemory();
  const single = createSingleCrew(module, memory);
  const kernels = instantiate(module, memory);
  const names = kernelNames(module);
  const seats = Array.from({ length: threads - 1 }, (_, seat) => seat);
  const block = createControlBlock(seats.length);
  const control = controlOf(block);
  /** The helping threads by their seats: what ends them. */
  const helpers = new Map<number, () => void>();
  let isRunning = false;
  /** Whether no other threads are started any more. */
  let isAlone = false;
  /** Milliseconds that jobs took. */
  let worked = 0;
  let lost = 0;

  const leave = (seat: number): void => {
    helpers.delete(seat);
    if (++lost >= MOST_LOST) isAlone = true;
    if (!control.isBusy(seat)) return;
    control.fail();
    control.setBusy(seat, false);
  };
  const startHelpers = (): void => {
    for (const seat of seats) {
      if (helpers.has(seat)) continue;
      const stop = host.start({ module, memory, block, seat }, () => {
        if (helpers.get(seat) === stop) leave(seat);
      });
      helpers.set(seat, stop);
    }
  };
  const restIfAlone = (): void => {
    if (isAlone && !isRunning) helpers.forEach(stop => stop());
  };
  const busySeat = (): number | undefined => seats.find(control.isBusy);

  /** Waits for the tiles that others compute. */
  function* settle(): Work<void> {
    const until = performance.now() + PATIENCE_MS;
    for (let seat = busySeat(); seat !== undefined; seat = busySeat()) {
      control.waitWhileBusy(seat, 1);
      if (performance.now() > until) {
        helpers.get(seat)?.();
        leave(seat);
      }
      yield;
    }
  }

  function* together(job: Job): Work<void> {
    const compute = kernels[job.kernel];
    const begun = performance.now() - worked;
    let until = performance.now() + SLICE_MS;
    control.open({ ...job, kernel: names.indexOf(job.kernel) });
    try {
      for (let tile = control.take(); tile !== undefined; tile = control.take()) {
        compute(job.args, tile, job.scratch);
        const now = performance.now();
        worked = now - begun;
        if (worked > ALONE_MS && !isAlone && helpers.size < seats.length) startHelpers();
        if (now < until) continue;
        yield;
        until = performance.now() + SLICE_MS;
      }
      yield* settle();
    } finally {
      control.close();
      finish(settle());
    }
    if (control.hasFailed) {
      throw new Error(`kernels: a thread broke down in the middle of ${job.kernel}; run it again`);
    }
  }

  return {
    threads,
    memory,
    *run(job) {
      if (isRunning || isAlone || job.tiles <= 1) return yield* single.run(job);
      isRunning = true;
      try {
        yield* together(job);
      } finally {
        isRunning = false;
        restIfAlone();
      }
    },
    end() {
      isAlone = true;
      restIfAlone();
    },
  };
}
