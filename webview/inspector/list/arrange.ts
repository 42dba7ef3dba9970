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
  const kept: { item: ListItem; key: number }[] = [];
  const totals = { arrays: 0, byteLength: 0, elements: 0 };
  const keep = (item: ListItem, holds: Totals, key: number): void => {
    kept.push({ item, key });
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
      const { key, items, ...holds } = arrangeInside(node.children, arrangement);
      if (items.length === 0) continue;
      const { path, label } = node;
      keep({ kind: 'folder', path, label, children: items, ...holds }, holds, key);
    }
  }
  kept.sort((a, b) => (descending ? b.key - a.key : a.key - b.key));
  const key = keys.sums ? kept.reduce((sum, one) => sum + one.key, 0) : (kept.at(0)?.key ?? 0);
  return { items: kept.map(({ item }) => item), key, ...totals };
}
