import * as vscode from 'vscode';
import { SIDEBAR_GLOB } from '../workspace/fileTypes';

/** Milliseconds in which changes are gathered. */
const GATHER_MS = 300;

export interface SidebarFileListener {
  /** Whether files below the folder are listed: of a folder that is deleted VS Code tells, of the files in it not. */
  hasFilesBelow(folder: vscode.Uri): boolean;
  /** There are other files. */
  onFiles(): void;
  /** The files have other content, or are gone, or new. */
  onContent(files: readonly vscode.Uri[]): void;
}

/** Tells of changes of the workspace's files of arrays, some at a time, until it is disposed. */
export function watchSidebarFiles(listener: SidebarFileListener): vscode.Disposable {
  const files = vscode.workspace.createFileSystemWatcher(SIDEBAR_GLOB);
  const folders = vscode.workspace.createFileSystemWatcher('**', true, true, false);
  const changed = new Map<string, vscode.Uri>();
  let areOthers = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    timer = undefined;
    listener.onContent([...changed.values()]);
    if (areOthers) listener.onFiles();
    changed.clear();
    areOthers = false;
  };
  const gather = (file: vscode.Uri, isOther: boolean): void => {
    changed.set(file.toString(), file);
    areOthers ||= isOther;
    timer ??= setTimeout(tell, GATHER_MS);
  };
  files.onDidCreate(file => gather(file, true));
  files.onDidDelete(file => gather(file, true));
  files.onDidChange(file => gather(file, false));
  folders.onDidDelete(folder => {
    if (listener.hasFilesBelow(folder)) gather(folder, true);
  });
  return vscode.Disposable.from(files, folders, { dispose: () => clearTimeout(timer) });
}
