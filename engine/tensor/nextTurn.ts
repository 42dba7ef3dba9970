import { throwIfCancelled } from '../errors';

/**
 * Lets the event loop turn once, so that other requests are answered and an abort arrives, between pieces of long work.
 * A message brings it about, as a timer would take a millisecond or more.
 * @throws CancelledError if `signal` is aborted
 */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
  throwIfCancelled(signal);
}
