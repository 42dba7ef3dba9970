import { throwIfCancelled } from '../errors';

/**
 * Lets the event loop turn once, so that other requests are answered and an abort arrives, between pieces of long work.
 * @throws CancelledError if `signal` is aborted
 */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 0));
  throwIfCancelled(signal);
}
