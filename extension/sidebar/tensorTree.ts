import * as vscode from 'vscode';
import { messageOf } from '../../engine';
import type { FileListing } from '../worker/runs/engineRequests';
import { isNetworkFileName } from '../workspace/fileTypes';
import { nested } from './nested';
import { treeItem } from './treeItem';
import type { ArrayNode, FileNode, MoreNode, NetworkNode, TreeNode } from './treeNodes';

/** Lines of one parent that are listed at once. */
const PAGE = 500;
/** In a workspace with more files the folders are closed at first. */
const MAX_OPEN = 50;

/** The files of the workspace, by path. */
interface FoundFiles {
  readonly files: readonly vscode.Uri[];
  /** There are more than were looked for. */
  readonly isCut: boolean;
}

export interface TreeServices {
  findFiles(): Promise<FoundFiles>;
  /** What a file holds. @throws Error with the reason why it cannot be read */
  list(file: vscode.Uri): Promise<FileListing>;
}

/** The workspace's files of arrays, by folder as in the explorer, and the arrays of each, read when it is opened. */
export interface TensorTree extends vscode.TreeDataProvider<TreeNode> {
  /** Looks for the files again, and lists them anew where they are others; what is open stays open. */
  findAgain(): Promise<void>;
  /** Whether the file, or one below the folder, is listed. */
  lists(uri: vscode.Uri): boolean;
  /** The files have other content. */
  readAgain(files: readonly vscode.Uri[]): void;
  /** Lists the next page of what the node stands for. */
  listMore(node: MoreNode): void;
  /** Looks for all files and reads those that are open again. */
  refresh(): void;
}

export function createTensorTree({ findFiles, list }: TreeServices): TensorTree {
  const changed = new vscode.EventEmitter<TreeNode | undefined>();
  /** What was found last; undefined where it has to be looked for. */
  let found: Promise<FoundFiles> | undefined;
  /** The files that are listed, by their URIs. */
  let known = new Map<string, FileNode | NetworkNode>();
  let contents = new WeakMap<FileNode, Promise<readonly TreeNode[]>>();
  /** Pages listed below a parent, by its URI; one where there is no entry. */
  const pages = new Map<string, number>();

  const fileNode = (uri: vscode.Uri): FileNode | NetworkNode =>
    known.get(uri.toString()) ??
    (isNetworkFileName(uri.path) ? { kind: 'network', uri } : { kind: 'file', uri, file: uri.toString() });
  const paged = (parent: MoreNode['parent'], nodes: readonly TreeNode[]): TreeNode[] => {
    const listed = PAGE * (pages.get(keyOf(parent)) ?? 1);
    const rest = nodes.length - listed;
    return rest > 0 ? [...nodes.slice(0, listed), { kind: 'more', parent, rest }] : [...nodes];
  };
  const arraysOf = (node: FileNode): Promise<readonly TreeNode[]> => {
    const present = contents.get(node) ?? readArrays(node);
    contents.set(node, present);
    return present;
  };
  const readArrays = async (node: FileNode): Promise<readonly TreeNode[]> => {
    try {
      const { arrays, notes } = await list(node.uri);
      return [
        ...arrays.map((info): ArrayNode => ({ ...node, kind: 'array', array: info.name, info })),
        ...notes.map(({ name, reason }) => note(name ? `${name}: ${reason}` : reason, false)),
      ];
    } catch (error) {
      return [note(messageOf(error), true)];
    }
  };
  const look = async (): Promise<FoundFiles> => {
    const now = await findFiles();
    known = new Map(now.files.map(file => [file.toString(), fileNode(file)]));
    return now;
  };
  const roots = async (): Promise<TreeNode[]> => {
    found ??= look();
    const { files, isCut } = await found;
    const nodes = nested([...known.values()], {
      roots: vscode.workspace.workspaceFolders ?? [],
      isExpanded: files.length <= MAX_OPEN,
    });
    const cut = isCut ? [note(vscode.l10n.t('There are more files than are listed here.'), false)] : [];
    return [...paged(undefined, nodes), ...cut];
  };
  const readAgain = (files: readonly vscode.Uri[]): void => {
    for (const file of files) {
      const node = known.get(file.toString());
      if (node?.kind === 'file' && contents.delete(node)) changed.fire(node);
    }
  };

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    async getChildren(node) {
      if (!node) return roots();
      if (node.kind === 'folder') return paged(node, node.children);
      return node.kind === 'file' ? paged(node, await arraysOf(node)) : [];
    },
    async findAgain() {
      if (!found) return; // nobody has seen the view yet
      const before = found;
      found = before.then(look);
      // Listing anew what is listed already would only get in the way of a click.
      if (!areSame(await before, await found)) changed.fire(undefined);
    },
    lists: uri =>
      known.has(uri.toString()) || [...known.keys()].some(file => file.startsWith(`${uri.toString()}/`)),
    readAgain,
    listMore({ parent }) {
      pages.set(keyOf(parent), (pages.get(keyOf(parent)) ?? 1) + 1);
      changed.fire(parent);
    },
    refresh() {
      contents = new WeakMap();
      found = undefined;
      changed.fire(undefined);
    },
  };
}

function areSame(a: FoundFiles, b: FoundFiles): boolean {
  return a.isCut === b.isCut && a.files.map(String).join('\n') === b.files.map(String).join('\n');
}

function keyOf(parent: MoreNode['parent']): string {
  return parent?.uri.toString() ?? '';
}

function note(text: string, isError: boolean): TreeNode {
  return { kind: 'note', text, isError };
}
