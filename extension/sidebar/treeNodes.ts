import type * as vscode from 'vscode';
import type { FileArray } from '../../webview/protocol';

/** A folder with files of arrays in it or below it. */
export interface FolderNode {
  readonly kind: 'folder';
  /** `a/b` where folder a holds nothing but folder b. */
  readonly label: string;
  readonly uri: vscode.Uri;
  readonly children: readonly (FolderNode | FileNode | NetworkNode)[];
  readonly isExpanded: boolean;
}

/** A file of arrays. Like an array it can be the argument of the command Inspect Tensors. */
export interface FileNode {
  readonly kind: 'file';
  readonly uri: vscode.Uri;
  readonly file: string;
}

/** A file that describes a network. */
export interface NetworkNode {
  readonly kind: 'network';
  readonly uri: vscode.Uri;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly uri: vscode.Uri;
  readonly file: string;
  readonly array: string;
  readonly info: FileArray;
}

/** Stands for what is not listed yet. */
export interface MoreNode {
  readonly kind: 'more';
  /** Below what it stands; undefined for the whole view. */
  readonly parent: FolderNode | FileNode | undefined;
  readonly rest: number;
}

/** Something to read in the place of what could not be listed. */
export interface NoteNode {
  readonly kind: 'note';
  readonly text: string;
  readonly isError: boolean;
}

export type TreeNode = FolderNode | FileNode | NetworkNode | ArrayNode | MoreNode | NoteNode;
