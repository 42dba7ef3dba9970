import type { Client, Requests } from './protocol';

/** A client, and how many of its requests are unanswered. */
export interface WatchedClient<C> {
  readonly client: C;
  unanswered: () => number;
}

export function watchRequests<R extends Requests<keyof R>, E>(
  client: Client<R, E>,
): WatchedClient<Client<R, E>> {
  let unanswered = 0;
  return {
    client: {
      ...client,
      async request(name, params, signal) {
        unanswered++;
        try {
          return await client.request(name, params, signal);
        } finally {
          unanswered--;
        }
      },
    },
    unanswered: () => unanswered,
  };
}

/** Frames without an unanswered request after which everything is painted: effects ask in the frame after a render. */
const QUIET_FRAMES = 3;

/**
 * Sets `document.body.dataset.ready` once the first result (or the reason for there being none) is painted.
 * @param isLoading whether the page still waits for its first result
 */
export function markReady(isLoading: () => boolean, { unanswered }: WatchedClient<unknown>): void {
  let quiet = 0;
  const look = (): void => {
    const isDrawing = document.querySelector('[aria-busy=true]') !== null;
    quiet = !isLoading() && unanswered() === 0 && !isDrawing ? quiet + 1 : 0;
    if (quiet > QUIET_FRAMES) document.body.dataset.ready = 'true';
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
