/** Milliseconds after which a page that is never idle does it all the same. */
const PATIENCE = 500;

/** Does what may wait until nothing that the user looks at first is left to be drawn. @returns forgets it */
export function whenIdle(work: () => void): () => void {
  // Safari knows no idle time.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, PATIENCE);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: PATIENCE });
  return () => cancelIdleCallback(request);
}
