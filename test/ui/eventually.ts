import assert from 'node:assert/strict';

/** How long to look again, and after what pause, in milliseconds. */
interface Patience {
  readonly timeout?: number;
  readonly interval?: number;
}

/** Looks again until `check` throws nothing; after the time is up, throws what it threw last. */
export async function eventually(
  check: () => Promise<void> | void,
  { timeout = 10_000, interval = 50 }: Patience = {},
): Promise<void> {
  for (const end = Date.now() + timeout; ;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, interval));
  }
}

/** Waits until what is read deeply equals what is expected. */
export function eventuallyEqual<T>(read: () => Promise<T>, expected: T, message?: string): Promise<void> {
  return eventually(async () => assert.deepEqual(await read(), expected, message));
}

/** Waits until the text that is read matches. */
export function eventuallyMatch(read: () => Promise<string>, expected: RegExp): Promise<void> {
  return eventually(async () => assert.match(await read(), expected));
}
