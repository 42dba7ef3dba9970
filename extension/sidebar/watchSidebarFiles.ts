import * as vscode from 'vscode';
import { SIDEBAR_GLOB } from '../workspace/fileTypes';

/** Milliseconds in which changes are gathered. */
const GATHER_MS = 300;

export interface SidebarFileListener {
  /** Whether the file, or one below the folder, is listed. */
  lists(uri: vscode.Uri): boolean;
  /** There are other files. */
  onFiles(): Promise<void>;
  /** The files have other content, or are gone, or new: of that `onFiles` has been told then. */
  onContent(files: readonly vscode.Uri[]): void;
}

/** Tells of changes of the workspace's files of arrays, some at a time, until it is disposed. */
export function watchSidebarFiles(listener: SidebarFileListener): vscode.Disposable {
  const files = vscode.workspace.createFileSystemWatcher(SIDEBAR_GLOB);
  const folders = vscode.workspace.createFileSystemWatcher('**', true, true, false);
  const changed = new Map<string, vscode.Uri>();
  let areOthers = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = async (): Promise<void> => {
    const [told, hasOthers] = [[...changed.values()], areOthers];
    changed.clear();
    areOthers = false;
    timer = undefined;
    if (hasOthers) await listener.onFiles();
    listener.onContent(told);
  };
  const gather = (file: vscode.Uri, isOther: boolean): void => {
    changed.set(file.toString(), file);
    areOthers ||= isOther;
    timer ??= setTimeout(() => void tell(), GATHER_MS);
  };
  files.onDidCreate(file => gather(file, true));
  files.onDidDelete(file => gather(file, true));
  // Of the first files in a new folder VS Code tells only when they change: it was not watching yet when they came.
  files.onDidChange(file => gather(file, !listener.lists(file)));
  // Of a folder that is deleted it tells, of the files in it not.
  folders.onDidDelete(folder => {
    if (listener.lists(folder)) gather(folder, true);
  });
  return vscode.Disposable.from(files, folders, { dispose: () => clearTimeout(timer) });
}
