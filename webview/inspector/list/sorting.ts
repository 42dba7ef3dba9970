import type { Shape } from '../../../engine';
import type { ListedArray } from './listedArray';

export type SortColumn = 'file' | 'name' | 'shape' | 'dtype' | 'bytes' | 'elements';

export interface Sorting {
  readonly by: SortColumn;
  readonly descending: boolean;
}

/** The order of the file. */
export const FILE_ORDER: Sorting = { by: 'file', descending: false };

/** What arrays are ordered by: a number each. */
export interface SortKeys {
  readonly values: ArrayLike<number>;
  /** Whether a folder is ordered by the sum of its arrays' numbers; else by the one that comes first. */
  readonly sums: boolean;
}

/** Finds the numbers for a column, once. */
export function createSortKeys(arrays: readonly ListedArray[]): (column: SortColumn) => SortKeys {
  const known = new Map<SortColumn, SortKeys>();
  return column => {
    const keys = known.get(column) ?? keysOf(arrays, column);
    known.set(column, keys);
    return keys;
  };
}

function keysOf(arrays: readonly ListedArray[], column: SortColumn): SortKeys {
  switch (column) {
    case 'file':
      return { values: arrays.map(({ position }) => position), sums: false };
    case 'bytes':
      return { values: arrays.map(({ byteLength }) => byteLength), sums: true };
    case 'elements':
      return { values: arrays.map(({ elements }) => elements), sums: true };
    case 'name':
      return { values: ranks(arrays, byName), sums: false };
    case 'shape':
      return { values: ranks(arrays, (a, b) => compareShapes(a.shape, b.shape)), sums: false };
    case 'dtype':
      return { values: ranks(arrays, (a, b) => compareTexts(a.typeText, b.typeText)), sums: false };
  }
}

/** The place of each array in the order; equal ones share theirs. */
function ranks(
  arrays: readonly ListedArray[],
  compare: (a: ListedArray, b: ListedArray) => number,
): Float64Array {
  const places = new Float64Array(arrays.length);
  const ordered = [...arrays].sort(compare);
  let place = 0;
  ordered.forEach((array, i) => {
    if (i > 0 && compare(ordered[i - 1], array) !== 0) place = i;
    places[array.position] = place;
  });
  return places;
}

/** `layer2` before `layer10`. */
const collator = new Intl.Collator('en', { numeric: true });

const byName = (a: ListedArray, b: ListedArray): number => collator.compare(a.name, b.name);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Fewer axes first, then by the extents. */
function compareShapes(a: Shape, b: Shape): number {
  if (a.length !== b.length) return a.length - b.length;
  const axis = a.findIndex((extent, i) => extent !== b[i]);
  return axis < 0 ? 0 : a[axis] - b[axis];
}
