import { useMemo } from 'preact/hooks';

/** The same object as before as long as it says the same. For plain data that callers write anew on every render. */
export function useStable<T>(value: T): T {
  return useMemo(() => value, [JSON.stringify(value)]);
}
