import { dirname, basename } from 'node:path/posix';
import * as vscode from 'vscode';

export type FileChange = 'changed' | 'deleted';

/** Tells of changes of some files, wherever they are, until it is disposed. */
export function watchFiles(
  files: readonly vscode.Uri[],
  onChange: (file: vscode.Uri, change: FileChange) => void,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...files.map(file => {
      const folder = file.with({ path: dirname(file.path) });
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(folder, escapeGlob(basename(file.path))),
      );
      watcher.onDidChange(() => onChange(file, 'changed'));
      // Many programs save by writing a new file and renaming it over the old one.
      watcher.onDidCreate(() => onChange(file, 'changed'));
      watcher.onDidDelete(() => onChange(file, 'deleted'));
      return watcher;
    }),
  );
}

function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
