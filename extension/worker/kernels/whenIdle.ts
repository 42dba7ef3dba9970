import type { Crew } from '../../../engine/kernels';

/** Milliseconds without a job after which a crew is idle. */
const IDLE_MS = 10_000;

/** The crew, with a function that is called each time it has become idle. */
export function whenIdle(crew: Crew, onIdle: () => void): Crew {
  let running = 0;
  let idle: NodeJS.Timeout | undefined;
  return {
    ...crew,
    *run(job) {
      clearTimeout(idle);
      running++;
      try {
        yield* crew.run(job);
      } finally {
        if (--running === 0) idle = setTimeout(onIdle, IDLE_MS).unref();
      }
    },
  };
}
