import { nextTurn } from '../tensor/nextTurn';

/**
 * Long work that offers to pause: a generator that yields wherever it may be interrupted and returns its result.
 * The same kernel so runs to its end at once, or in slices that leave the event loop free.
 */
export type Work<T> = Generator<void, T, void>;

/** Runs `work` without a pause. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Milliseconds of work between two turns of the event loop. */
const SLICE_MS = 12;

/**
 * Runs `work` in slices, so that other requests are answered meanwhile and `signal` can stop it.
 * @throws CancelledError if `signal` is aborted
 */
export async function paced<T>(work: Work<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = work.next();
      if (step.done) return step.value;
    }
    await nextTurn(signal);
  }
}
