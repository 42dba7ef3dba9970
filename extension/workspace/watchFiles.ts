import { unwatchFile, watchFile, type Stats } from 'node:fs';
import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';

export type FileChange = 'changed' | 'deleted';

/** Milliseconds between two looks at a file on disk. */
const INTERVAL_MS = 1000;

/** Tells of changes of some files, wherever they are, until it is disposed. */
export function watchFiles(
  files: readonly vscode.Uri[],
  onChange: (file: vscode.Uri, change: FileChange) => void,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...files.map(file => {
      const changed = (change: FileChange): void => onChange(file, change);
      return file.scheme === 'file' ? watchOnDisk(file.fsPath, changed) : watchVirtual(file, changed);
    }),
  );
}

/**
 * Looks at the file once a second. VS Code's own watchers begin some time after they were asked to, miss what happens
 * until then, and see nothing on some network drives.
 */
function watchOnDisk(path: string, changed: (change: FileChange) => void): vscode.Disposable {
  const compare = (now: Stats, before: Stats): void => {
    const isGone = now.nlink === 0;
    if (isGone || now.mtimeMs !== before.mtimeMs || now.size !== before.size) {
      changed(isGone ? 'deleted' : 'changed');
    }
  };
  watchFile(path, { interval: INTERVAL_MS, persistent: false }, compare);
  return new vscode.Disposable(() => unwatchFile(path, compare));
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
