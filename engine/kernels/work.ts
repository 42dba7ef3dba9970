import { throwIfCancelled } from '../errors';
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
    await nextTurn(signal).catch((cancelled: unknown) => work.throw(cancelled)); // it ends what it began
  }
}

/**
 * For many short pieces of work: called between them, it lets the event loop turn when a slice of time has passed since
 * it last did. The returned function throws CancelledError if `signal` is aborted.
 */
export function createPace(): (signal?: AbortSignal) => Promise<void> {
  let turned = performance.now();
  return async signal => {
    await Promise.resolve();
    throwIfCancelled(signal);
    if (performance.now() - turned < SLICE_MS) return;
    await nextTurn(signal);
    turned = performance.now();
  };
}
