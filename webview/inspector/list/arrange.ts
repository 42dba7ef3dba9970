import type { ListedArray } from './listedArray';
import type { NameNode } from './nameTree';
import type { SortKeys } from './sorting';

/** What a folder holds, or the whole list. */
export interface Totals {
  readonly arrays: number;
  readonly byteLength: number;
  readonly elements: number;
}

export interface FolderItem extends Totals {
  readonly kind: 'folder';
  readonly path: string;
  readonly label: string;
  readonly children: readonly ListItem[];
}

export interface ArrayItem {
  readonly kind: 'array';
  readonly label: string;
  readonly array: ListedArray;
}

export type ListItem = FolderItem | ArrayItem;

export interface Arranged extends Totals {
  readonly items: readonly ListItem[];
}

export interface Arrangement {
  readonly arrays: readonly ListedArray[];
  /** Whether the filter leaves the array at a position. */
  readonly isKept: (position: number) => boolean;
  readonly keys: SortKeys;
  readonly descending: boolean;
}

/** The nodes that the filter leaves, in order, with what they hold. */
export function arrange(nodes: readonly NameNode[], arrangement: Arrangement): Arranged {
  const { items, arrays, byteLength, elements } = arrangeInside(nodes, arrangement);
  return { items, arrays, byteLength, elements };
}

interface Keyed extends Arranged {
  readonly key: number;
}

function arrangeInside(nodes: readonly NameNode[], arrangement: Arrangement): Keyed {
  const { arrays, isKept, keys, descending } = arrangement;
  const items: ListItem[] = [];
  const itemKeys: number[] = [];
  const totals = { arrays: 0, byteLength: 0, elements: 0 };
  const keep = (item: ListItem, holds: Totals, key: number): void => {
    items.push(item);
    itemKeys.push(key);
    totals.arrays += holds.arrays;
    totals.byteLength += holds.byteLength;
    totals.elements += holds.elements;
  };
  for (const node of nodes) {
    if (node.kind === 'array') {
      if (!isKept(node.position)) continue;
      const array = arrays[node.position];
      const { byteLength, elements } = array;
      const item: ArrayItem = { kind: 'array', label: node.label, array };
      keep(item, { arrays: 1, byteLength, elements }, keys.values[node.position]);
    } else {
      const { key, items: children, ...holds } = arrangeInside(node.children, arrangement);
      if (children.length === 0) continue;
      const { path, label } = node;
      keep({ kind: 'folder', path, label, children, ...holds }, holds, key);
    }
  }
  const order = orderOf(itemKeys, descending);
  const key = keys.sums ? itemKeys.reduce((sum, one) => sum + one, 0) : (itemKeys[order?.[0] ?? 0] ?? 0);
  return { items: order ? order.map(i => items[i]) : items, key, ...totals };
}

/** Positions of the keys in order; undefined if they stand in it, as those of a file do. */
function orderOf(keys: readonly number[], descending: boolean): readonly number[] | undefined {
  const compare = (a: number, b: number): number => (descending ? b - a : a - b);
  if (keys.every((key, i) => i === 0 || compare(keys[i - 1], key) <= 0)) return undefined;
  return keys.map((_, i) => i).sort((a, b) => compare(keys[a], keys[b]));
}
