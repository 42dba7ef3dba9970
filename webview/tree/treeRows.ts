/** A node of a tree as a row of a list. */
export interface TreeRow<T> {
  readonly id: string;
  readonly item: T;
  /** 1 for the outermost. */
  readonly level: number;
  /** Which of its siblings it is, from 1 on, and how many there are. */
  readonly place: number;
  readonly siblings: number;
  /** The row of the node around it, −1 for none. */
  readonly parent: number;
  /** Whether its children are shown; left out where it has none. */
  readonly open?: boolean;
}

/** How to walk a tree. */
export interface Walk<T> {
  /** @param place among its siblings, from 0 on @param parent id of the node around it, empty for none */
  idOf: (item: T, place: number, parent: string) => string;
  childrenOf: (item: T) => readonly T[];
  isOpen: (item: T, id: string) => boolean;
}

/** The nodes that are seen, from top to bottom. Closed ones are not looked into. */
export function treeRows<T>(items: readonly T[], walk: Walk<T>): TreeRow<T>[] {
  const rows: TreeRow<T>[] = [];
  const add = (siblings: readonly T[], level: number, parent: number): void => {
    siblings.forEach((item, i) => {
      const id = walk.idOf(item, i, parent < 0 ? '' : rows[parent].id);
      const children = walk.childrenOf(item);
      const open = children.length > 0 ? walk.isOpen(item, id) : undefined;
      const row = rows.length;
      rows.push({ id, item, level, place: i + 1, siblings: siblings.length, parent, open });
      if (open) add(children, level + 1, row);
    });
  };
  add(items, 1, -1);
  return rows;
}
