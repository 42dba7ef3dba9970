import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { FileArray } from '../../protocol';
import { treeRows, type TreeRow } from '../../tree/treeRows';
import { arrange, type Arranged, type ListItem } from './arrange';
import { listedArrays, searchedText } from './listedArray';
import { foldersOf, nameList, nameTree } from './nameTree';
import { createSortKeys, FILE_ORDER, type SortColumn, type Sorting } from './sorting';

/** What a user has chosen of the list; kept across reloads. */
export interface ListState {
  readonly filter: string;
  readonly sorting: Sorting;
  /** Whether the names stand in one list, without folders. */
  readonly flat: boolean;
  /** Folders that were opened or closed by hand, by path. */
  readonly folding: readonly (readonly [path: string, open: boolean])[];
}

export interface ListModel {
  readonly filter: Signal<string>;
  readonly sorting: ReadonlySignal<Sorting>;
  readonly flat: Signal<boolean>;
  readonly state: ReadonlySignal<ListState>;
  /** Whether any name has parts, so that there are folders to show. */
  readonly hasFolders: ReadonlySignal<boolean>;
  /** What the filter leaves. */
  readonly arranged: ReadonlySignal<Arranged>;
  readonly rows: ReadonlySignal<readonly TreeRow<ListItem>[]>;
  /** The row that the keys move, by its id. */
  readonly cursor: Signal<string | undefined>;
  /** Sorts by the column; turns the order, and then goes back to the file's, where it is sorted by it already. */
  sortBy: (column: SortColumn) => void;
  fold: (path: string, open: boolean) => void;
  /** Opens the folders around an array, drops a filter that hides it, and moves the cursor there. */
  reveal: (name: string) => void;
}

const NOTHING_FOLDED: ReadonlyMap<string, boolean> = new Map();

/** Files of more arrays begin with their folders closed. */
const MOST_OPEN = 300;

/** The list of a file's arrays: what of it is shown, and in which order. */
export function createListModel(
  arrays: ReadonlySignal<readonly FileArray[]>,
  saved: Partial<ListState> = {},
): ListModel {
  const filter = signal(saved.filter ?? '');
  const sorting = signal(saved.sorting ?? FILE_ORDER);
  const flat = signal(saved.flat ?? false);
  const folding = signal<ReadonlyMap<string, boolean>>(new Map(saved.folding));
  // What is folded among the results of a search is not what is folded outside of it.
  const foldingOfFilter = signal<{ filter: string; folding: ReadonlyMap<string, boolean> }>();
  const cursor = signal<string>();

  const listed = computed(() => listedArrays(arrays.value));
  const searched = computed(() => listed.value.map(searchedText));
  const isKept = (position: number): boolean =>
    filter.value === '' || searched.value[position].includes(filter.value.toLowerCase());
  const names = computed(() => arrays.value.map(({ name }) => name));
  const tree = computed(() => nameTree(names.value));
  const nodes = computed(() => (flat.value ? nameList(names.value) : tree.value));
  const sortKeys = computed(() => createSortKeys(listed.value));
  const arranged = computed(() =>
    arrange(nodes.value, {
      arrays: listed.value,
      isKept,
      keys: sortKeys.value(sorting.value.by),
      descending: sorting.value.descending,
    }),
  );
  const foldedByHand = computed((): ReadonlyMap<string, boolean> => {
    if (filter.value === '') return folding.value;
    return foldingOfFilter.value?.filter === filter.value ? foldingOfFilter.value.folding : NOTHING_FOLDED;
  });
  const rows = computed(() => {
    const { items } = arranged.value;
    const opensAll = filter.value !== '' || arrays.value.length <= MOST_OPEN;
    const byHand = foldedByHand.value;
    return treeRows<ListItem>(items, {
      idOf: rowId,
      childrenOf: item => (item.kind === 'folder' ? item.children : []),
      isOpen: item =>
        item.kind === 'folder' &&
        (byHand.get(item.path) ?? (opensAll || (item === items[0] && items.length === 1))),
    });
  });

  const foldAll = (paths: readonly string[], open: boolean): void => {
    const changed = new Map(foldedByHand.peek());
    for (const path of paths) changed.set(path, open);
    if (filter.peek() === '') folding.value = changed;
    else foldingOfFilter.value = { filter: filter.peek(), folding: changed };
  };

  return {
    filter,
    sorting,
    flat,
    state: computed(() => ({
      filter: filter.value,
      sorting: sorting.value,
      flat: flat.value,
      folding: [...folding.value],
    })),
    hasFolders: computed(() => tree.value.some(({ kind }) => kind === 'folder')),
    arranged,
    rows,
    cursor,
    sortBy(column) {
      const { by, descending } = sorting.peek();
      if (by !== column) sorting.value = { by: column, descending: BIGGEST_FIRST.includes(column) };
      else if (descending === BIGGEST_FIRST.includes(column))
        sorting.value = { by: column, descending: !descending };
      else sorting.value = FILE_ORDER;
    },
    fold: (path, open) => foldAll([path], open),
    reveal(name) {
      const array = listed.peek().find(one => one.name === name);
      if (!array) return;
      if (!isKept(array.position)) filter.value = '';
      foldAll(foldersOf(name), true);
      cursor.value = arrayRowId(name);
    },
  };
}

/** Columns that are most asked what is largest. */
const BIGGEST_FIRST: readonly SortColumn[] = ['bytes', 'elements'];

/** What a row is known by, in the list and in its cursor. */
export function rowId(item: ListItem): string {
  return item.kind === 'folder' ? `folder ${item.path}` : arrayRowId(item.array.name);
}

export function arrayRowId(name: string): string {
  return `array ${name}`;
}
