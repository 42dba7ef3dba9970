import type { StoredArray } from './tensorFile';

/** An array that was found in a part of the file, as one of the whole file. @param access of the part; unknown where left out */
export function within<T extends StoredArray>(access: string | undefined, entry: T): T {
  const known = access !== undefined && entry.access !== undefined;
  return { ...entry, access: known ? access + entry.access : undefined };
}
