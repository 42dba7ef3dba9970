import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createThreadedCrew, type Crew, type ThreadHost } from '../../../../engine/kernels';
import { controlOf } from '../../../../engine/kernels/wasm/threads/control';
import { nodeThreads } from '../../../../extension/worker/kernels/nodeThreads';

/** A crew, and the threads that help it. */
export interface StartedThreads {
  readonly crew: Crew;
  /** What ends each thread that was started, the oldest first. */
  readonly stops: readonly (() => void)[];
  /** Whether each thread has been seen at work; called while it may be. */
  haveAllHelped(): boolean;
}

/** A crew in threads of Node as the product has them. @param module of kernels whose memory is shared */
export function startThreads(module: WebAssembly.Module, threads: number): StartedThreads {
  const host = nodeThreads(pathToFileURL(resolve('dist/worker/kernelThread.mjs')));
  const stops: (() => void)[] = [];
  const helped = new Set<number>();
  let isBusy: (seat: number) => boolean = () => false;
  const watched: ThreadHost = {
    start(data, onEnd) {
      ({ isBusy } = controlOf(data.block));
      const stop = host.start(data, onEnd);
      stops.push(stop);
      return stop;
    },
  };
  return {
    crew: createThreadedCrew(module, threads, watched),
    stops,
    haveAllHelped() {
      for (let seat = 0; seat < threads - 1; seat++) if (isBusy(seat)) helped.add(seat);
      return helped.size === threads - 1;
    },
  };
}
