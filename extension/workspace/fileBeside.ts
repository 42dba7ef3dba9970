import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';

/** The file that a network's file names by a path: relative to its own folder, or absolute. */
export function fileBeside(network: vscode.Uri, path: string): vscode.Uri {
  const base = network.scheme === 'untitled' ? whereSaved(network) : network;
  return isAbsolute(path)
    ? base.with({ path: vscode.Uri.file(path).path })
    : vscode.Uri.joinPath(base, '..', path);
}

/** Where a file that was never saved will probably be. */
function whereSaved({ path }: vscode.Uri): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.at(0);
  return isAbsolute(path) || !folder ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path);
}
