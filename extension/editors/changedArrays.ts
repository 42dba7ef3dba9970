import type { FileArray } from '../../webview/protocol';

/** Digests of the values of a file's arrays, by position, as far as they are known. */
export type Digests = readonly (string | undefined)[];

export interface FileVersion {
  readonly arrays: readonly FileArray[];
  readonly digests: Digests;
}

/** Names of the arrays of `after` that are new, of another type or shape, or have other values as far as is known. */
export function changedArrays(before: FileVersion, after: FileVersion): string[] {
  const known = new Map(before.arrays.map((array, i) => [array.name, { array, digest: before.digests[i] }]));
  return after.arrays.flatMap((array, i) => {
    const old = known.get(array.name);
    const digest = after.digests[i];
    const isSame =
      old?.array.storedType === array.storedType &&
      old.array.shape.join() === array.shape.join() &&
      (!old.digest || !digest || old.digest === digest);
    return isSame ? [] : [array.name];
  });
}
