import type { ReadonlySignal } from '@preact/signals';
import type { Phase } from './model/panelModel';
import type { PanelClient } from './model/runModel';

/** A client, and how many of its requests are unanswered. */
export interface WatchedClient {
  readonly client: PanelClient;
  unanswered: () => number;
}

export function watchRequests(client: PanelClient): WatchedClient {
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

/** Sets `document.body.dataset.ready` once the first result (or the reason for there being none) is painted. */
export function markReady(phase: ReadonlySignal<Phase>, { unanswered }: WatchedClient): void {
  let quiet = 0;
  const look = (): void => {
    quiet = phase.peek().kind !== 'loading' && unanswered() === 0 ? quiet + 1 : 0;
    if (quiet > QUIET_FRAMES) document.body.dataset.ready = 'true';
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
