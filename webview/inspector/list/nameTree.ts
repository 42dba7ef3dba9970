/** Arrays whose names begin alike. */
export interface NameFolder {
  readonly kind: 'folder';
  /** What the names have in common, the last separator included. No other folder has the same. */
  readonly path: string;
  /** The part of `path` that the folder around it does not show. */
  readonly label: string;
  readonly children: readonly NameNode[];
}

export interface NameLeaf {
  readonly kind: 'array';
  /** Position in the list of names. */
  readonly position: number;
  /** The part of the name that the folder around it does not show. */
  readonly label: string;
}

export type NameNode = NameFolder | NameLeaf;

/** Folders inside one another; names with more parts keep the rest together. Networks use about six. */
const MAX_DEPTH = 16;

interface GrowingFolder {
  readonly path: string;
  readonly children: (GrowingFolder | number)[];
}

/**
 * Names such as `conv1.weight` and `conv1.bias` as a tree by the parts between `.` and `/`, in the order they come. What
 * has no fork becomes one node: a folder holds two nodes at least.
 */
export function nameTree(names: readonly string[]): readonly NameNode[] {
  const root: GrowingFolder = { path: '', children: [] };
  const folders = new Map<string, GrowingFolder>();
  names.forEach((name, position) => {
    let parent = root;
    for (const end of partEnds(name)) {
      const path = name.slice(0, end);
      let folder = folders.get(path);
      if (!folder) {
        folder = { path, children: [] };
        folders.set(path, folder);
        parent.children.push(folder);
      }
      parent = folder;
    }
    parent.children.push(position);
  });
  const finish = (child: GrowingFolder | number, shown: number): NameNode => {
    let node = child;
    while (typeof node !== 'number' && node.children.length === 1) node = node.children[0];
    if (typeof node === 'number') return { kind: 'array', position: node, label: names[node].slice(shown) };
    const { path, children } = node;
    return {
      kind: 'folder',
      path,
      label: path.slice(shown).replace(/[./]+$/, ''),
      children: children.map(inner => finish(inner, path.length)),
    };
  };
  return root.children.map(child => finish(child, 0));
}

/** The same names without folders. */
export function nameList(names: readonly string[]): readonly NameNode[] {
  return names.map((label, position): NameLeaf => ({ kind: 'array', position, label }));
}

/** The folders that a name lies in, merged or not: the paths of all its parts but the last. */
export function foldersOf(name: string): string[] {
  return partEnds(name).map(end => name.slice(0, end));
}

/** Where the parts of a name end, separators included, the last one left out. Several separators in a row are one. */
function partEnds(name: string): number[] {
  const ends: number[] = [];
  let at = 0;
  while (isSeparator(name.charCodeAt(at))) at++;
  for (at++; at < name.length && ends.length < MAX_DEPTH; at++)
    if (isSeparator(name.charCodeAt(at - 1)) && !isSeparator(name.charCodeAt(at))) ends.push(at);
  return ends;
}

const isSeparator = (code: number): boolean => code === 0x2e || code === 0x2f; // . and /
