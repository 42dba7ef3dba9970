import * as vscode from 'vscode';
import type { FileNode, FolderNode, NetworkNode } from './treeNodes';

type Leaf = FileNode | NetworkNode;

export interface Nesting {
  /** The folders of the workspace. Where there are several, each is a folder of the tree. */
  readonly roots: readonly { readonly uri: vscode.Uri; readonly name: string }[];
  readonly isExpanded: boolean;
}

/** A folder that is being filled. */
interface Branch {
  readonly uri: vscode.Uri;
  readonly folders: Map<string, Branch>;
  readonly files: Leaf[];
}

/**
 * Files by folder, in the order in which they are given, as the explorer shows them: folders before files, and folders
 * that hold nothing but one other folder in one line with it. Files outside of all roots are left out.
 */
export function nested(files: readonly Leaf[], { roots, isExpanded }: Nesting): (FolderNode | Leaf)[] {
  const branches = roots.map(({ uri }) => newBranch(uri));
  for (const file of files) {
    const root = innermost(branches, file.uri);
    if (root) folderOf(root, file.uri).files.push(file);
  }

  const childrenOf = ({ folders, files }: Branch): (FolderNode | Leaf)[] => [
    ...[...folders].map(([name, branch]) => compact(name, branch)),
    ...files,
  ];
  const compact = (label: string, branch: Branch): FolderNode => {
    const [only] = branch.folders;
    if (branch.files.length === 0 && branch.folders.size === 1) {
      return compact(`${label}/${only[0]}`, only[1]);
    }
    return folderNode(label, branch);
  };
  const folderNode = (label: string, branch: Branch): FolderNode => ({
    kind: 'folder',
    label,
    uri: branch.uri,
    children: childrenOf(branch),
    isExpanded,
  });

  if (branches.length === 1) return childrenOf(branches[0]);
  return branches.flatMap((branch, i) => {
    const isEmpty = branch.files.length === 0 && branch.folders.size === 0;
    return isEmpty ? [] : [folderNode(roots[i].name, branch)];
  });
}

function newBranch(uri: vscode.Uri): Branch {
  return { uri, folders: new Map(), files: [] };
}

/** Of workspace folders that lie in one another the one nearest to the file. */
function innermost(roots: readonly Branch[], file: vscode.Uri): Branch | undefined {
  return roots
    .filter(({ uri }) => isBelow(file, uri))
    .sort((a, b) => b.uri.path.length - a.uri.path.length)
    .at(0);
}

function isBelow(file: vscode.Uri, { scheme, authority, path }: vscode.Uri): boolean {
  return file.scheme === scheme && file.authority === authority && file.path.startsWith(withSlash(path));
}

/** The folder of the file, made with those above it where they are not there yet. */
function folderOf(root: Branch, file: vscode.Uri): Branch {
  const names = file.path.slice(withSlash(root.uri.path).length).split('/').slice(0, -1);
  return names.reduce((above, name) => {
    const folder = above.folders.get(name) ?? newBranch(vscode.Uri.joinPath(above.uri, name));
    above.folders.set(name, folder);
    return folder;
  }, root);
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
