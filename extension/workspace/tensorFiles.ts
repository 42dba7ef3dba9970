import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { UnsupportedError } from '../../engine';
import type { FileContent } from '../worker/runs/engineRequests';
import { DIALOG_EXTENSIONS, isNetworkFileName, SEARCH_GLOB } from './fileTypes';

/** Files that are offered; more would not be read through by anyone, and each has to be indexed. */
const MAX_FILES = 300;

const EXCLUDED = '**/{node_modules,.git,.vscode,.venv,dist}/**';
/** JSON that configures a project rather than holding numbers. */
const SETTINGS = /^(package(-lock)?|tsconfig.*|jsconfig|settings|launch|tasks|composer)\.json$/;

/** Files of the workspace that may hold arrays, by path; networks, which are JSON too, hold none. */
export async function findTensorFiles(token?: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const found = await findFiles(SEARCH_GLOB, MAX_FILES, token);
  return found.filter(({ path }) => !SETTINGS.test(basename(path)) && !isNetworkFileName(path));
}

/** At most `limit` files of the workspace whose path matches, by path; none of those that programs made for themselves. */
export async function findFiles(
  glob: string,
  limit: number,
  token?: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(glob, EXCLUDED, limit, token);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lets the user browse for a file of arrays. */
export async function chooseFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose a file of arrays'),
    filters: { [vscode.l10n.t('Arrays and images')]: DIALOG_EXTENSIONS, [vscode.l10n.t('All files')]: ['*'] },
  });
  return files?.[0];
}

/**
 * The file that a run request names: a URI, an absolute path, or a path relative to a workspace folder.
 * @throws UnsupportedError if it is relative and no folder is open
 */
export async function resolveFile(file: string): Promise<vscode.Uri> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(file)) return vscode.Uri.parse(file, true);
  if (isAbsolute(file)) return vscode.Uri.file(file);
  const candidates = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
    vscode.Uri.joinPath(uri, file),
  );
  if (candidates.length === 0) {
    throw new UnsupportedError(`${file}: no folder is open that this path could be in; give a full URI`);
  }
  for (const candidate of candidates) {
    if (candidates.length === 1 || (await exists(candidate))) return candidate;
  }
  return candidates[0];
}

/** How a run request names a file: relative to the folder where there is just one, as a URI otherwise. */
export function nameOfFile(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inside = folders.length === 1 && vscode.workspace.getWorkspaceFolder(uri);
  return inside ? vscode.workspace.asRelativePath(uri, false) : uri.toString();
}

/**
 * What the engine needs to read the file: its path on disk, where it is read by ranges; or all of its bytes, since
 * other file systems offer no ranges.
 *
 * @throws UnsupportedError if such a file is larger than the setting `cnnInspector.maxVirtualFileSize`
 */
export async function fileContent(uri: vscode.Uri): Promise<FileContent> {
  if (uri.scheme === 'file') return { kind: 'disk', path: uri.fsPath };
  const name = basename(uri.path);
  const limit = vscode.workspace.getConfiguration('cnnInspector').get<number>('maxVirtualFileSize')!;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > limit * 2 ** 20) {
    throw new UnsupportedError(
      `${name}: ${Math.ceil(size / 2 ** 20)} MiB of a ${uri.scheme}: file would have to be read at once; ` +
        `copy it to a disk, or raise the setting cnnInspector.maxVirtualFileSize (now ${limit} MiB)`,
    );
  }
  return { kind: 'memory', name, bytes: (await vscode.workspace.fs.readFile(uri)).slice().buffer };
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
