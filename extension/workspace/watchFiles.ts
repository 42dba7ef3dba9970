import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import { fileVersion, isSameVersion, type FileVersion } from './fileSource';

export type FileChange = 'changed' | 'deleted';

/** A file, as it was when something was read from it. */
export interface ReadFile {
  readonly uri: vscode.Uri;
  /** Known of files on disk. */
  readonly version?: FileVersion;
}

/** Milliseconds between two looks at a file on disk. */
const INTERVAL_MS = 1000;

/** The file as it is now, to be watched from here on. */
export async function asReadNow(uri: vscode.Uri): Promise<ReadFile> {
  return { uri, version: uri.scheme === 'file' ? await versionNow(uri.fsPath) : undefined };
}

/** Tells of changes of some files since they were read, wherever they are, until it is disposed. */
export function watchFiles(
  files: readonly ReadFile[],
  onChange: (file: vscode.Uri, change: FileChange) => void,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...files.map(({ uri, version }) => {
      const changed = (change: FileChange): void => onChange(uri, change);
      return uri.scheme === 'file' ? watchOnDisk(uri.fsPath, version, changed) : watchVirtual(uri, changed);
    }),
  );
}

/**
 * Looks at the file once a second. VS Code's own watchers begin some time after they were asked to, miss what happened
 * until then, and see nothing on some network drives.
 */
function watchOnDisk(
  path: string,
  read: FileVersion | undefined,
  changed: (change: FileChange) => void,
): vscode.Disposable {
  let last = read;
  let isOver = false;
  const look = async (): Promise<void> => {
    const now = await versionNow(path);
    if (isOver) return;
    if (!isSameVersion(now, last)) changed(now ? 'changed' : 'deleted');
    last = now;
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  return new vscode.Disposable(() => {
    isOver = true;
    clearInterval(timer);
  });
}

/** Undefined if there is no file that can be read. */
function versionNow(path: string): Promise<FileVersion | undefined> {
  return fileVersion(path).catch(() => undefined);
}

function watchVirtual(file: vscode.Uri, changed: (change: FileChange) => void): vscode.Disposable {
  const folder = file.with({ path: dirname(file.path) });
  const name = basename(file.path).replace(/[*?[\]{}]/g, '[$&]');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
  watcher.onDidChange(() => changed('changed'));
  // Many programs save by writing a new file and renaming it over the old one.
  watcher.onDidCreate(() => changed('changed'));
  watcher.onDidDelete(() => changed('deleted'));
  return watcher;
}
