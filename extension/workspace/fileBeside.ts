import { dirname, isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import { FormatError } from '../../engine';
import { leadsOut } from './leadsOut';

/** The file that a network's file names by a path: relative to its own folder, or absolute. */
export function fileBeside(network: vscode.Uri, path: string): vscode.Uri {
  const base = network.scheme === 'untitled' ? whereSaved(network) : network;
  return isAbsolute(path)
    ? base.with({ path: vscode.Uri.file(path).path })
    : vscode.Uri.joinPath(base, '..', path);
}

/**
 * The file that a network's file names, to be read.
 * @throws FormatError if it {@link mayBeRead} not
 */
export function readableBeside(network: vscode.Uri, path: string): vscode.Uri {
  const file = fileBeside(network, path);
  if (mayBeRead(network, file)) return file;
  throw new FormatError(
    path,
    'it lies outside of this workspace, and what a file names elsewhere is read only if you trust the workspace: ' +
      'trust it, or copy the file into it',
  );
}

/**
 * Whether a file that a network names may be read: one that lies in the network's workspace folder, or in its own folder,
 * always; any other where the workspace is trusted. To open what somebody sent is not to let it look around.
 */
export function mayBeRead(
  network: vscode.Uri,
  file: vscode.Uri,
  isTrusted = vscode.workspace.isTrusted,
): boolean {
  if (isTrusted) return true;
  const own = network.with({ path: dirname(network.path) });
  const folder = vscode.workspace.getWorkspaceFolder(network)?.uri ?? own;
  const isAtHome = file.scheme === folder.scheme && file.authority === folder.authority;
  return isAtHome && !leadsOut(relative(folder.fsPath, file.fsPath));
}

/** Where a file that was never saved will probably be. */
function whereSaved({ path }: vscode.Uri): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.at(0);
  return isAbsolute(path) || !folder ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path);
}
