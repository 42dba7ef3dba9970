import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { canBeInput, canBeWeights, formatBytes, formatShape, sizeOf } from '../../engine';
import type { FileArray } from '../../webview/protocol';
import type { ArrayNode, TreeNode } from './treeNodes';

/** How a node of the view looks, what a click on it does, and which menu entries it has. Names of files are plain text. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case 'folder': {
      const item = new vscode.TreeItem(node.label, node.isExpanded ? Expanded : Collapsed);
      return Object.assign(item, {
        id: node.uri.toString(),
        tooltip: vscode.workspace.asRelativePath(node.uri),
        iconPath: vscode.ThemeIcon.Folder,
      });
    }
    case 'file':
      return Object.assign(fileItem(node.uri, 'file-binary', Collapsed), { contextValue: 'file' });
    case 'network':
      return Object.assign(fileItem(node.uri, 'type-hierarchy', None), {
        contextValue: 'network',
        command: { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [node.uri] },
      });
    case 'array':
      return arrayItem(node);
    case 'more':
      return Object.assign(new vscode.TreeItem(vscode.l10n.t('… {0} more', count(node.rest)), None), {
        command: { command: 'cnnInspector.listMore', title: vscode.l10n.t('List More'), arguments: [node] },
      });
    case 'note':
      return Object.assign(new vscode.TreeItem(node.text, None), {
        tooltip: node.text,
        iconPath: new vscode.ThemeIcon(node.isError ? 'error' : 'info'),
      });
  }
}

function fileItem(uri: vscode.Uri, icon: string, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(uri.path), state);
  return Object.assign(item, {
    id: uri.toString(),
    resourceUri: uri,
    iconPath: new vscode.ThemeIcon(icon),
  });
}

function arrayItem(node: ArrayNode): vscode.TreeItem {
  const { info, file } = node;
  const item = new vscode.TreeItem(info.name, vscode.TreeItemCollapsibleState.None);
  return Object.assign(item, {
    id: `${file}#${info.name}`,
    description: describeArray(info),
    tooltip: arrayTooltip(info),
    iconPath: new vscode.ThemeIcon(info.dtype ? 'symbol-array' : 'symbol-string'),
    contextValue: ['array', ...usesOf(info)].join(' '),
    command: {
      command: 'cnnInspector.inspectTensors',
      title: vscode.l10n.t('Inspect Tensors'),
      arguments: [node],
    },
  });
}

/** `(30, 1, 5, 5) float64` */
export function describeArray({ shape, dtype, storedType }: FileArray): string {
  return `${formatShape(shape)} ${dtype ?? storedType}`;
}

function arrayTooltip(info: FileArray): string {
  const { name, shape, dtype, storedType, byteLength } = info;
  return [
    name,
    vscode.l10n.t('shape {0}', formatShape(shape)),
    vscode.l10n.t('dtype {0}', dtype ?? storedType),
    ...(dtype ? [vscode.l10n.t('{0} values', count(sizeOf(shape)))] : []),
    vscode.l10n.t('{0} in the file', formatBytes(byteLength)),
  ].join('\n');
}

/** What of a convolution layer the array can be. */
function usesOf(info: FileArray): string[] {
  if (!info.dtype) return [];
  return [...(canBeWeights(info) ? ['weights'] : []), ...(canBeInput(info) ? ['input'] : [])];
}

/** `434,090` in the user's language. */
export function count(number: number): string {
  return number.toLocaleString(vscode.env.language);
}
