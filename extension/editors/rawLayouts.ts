import type * as vscode from 'vscode';
import type { RawLayout } from '../../engine';

/** How the user said that files of bare bytes are to be read. */
export interface RawLayouts {
  get(file: vscode.Uri): RawLayout | undefined;
  set(file: vscode.Uri, layout: RawLayout): void;
}

/** Remembered per file, for the workspace. */
export function createRawLayouts(state: vscode.Memento): RawLayouts {
  const key = (file: vscode.Uri): string => `rawLayout:${file.toString()}`;
  return {
    get: file => state.get(key(file)),
    set: (file, layout) => void state.update(key(file), layout),
  };
}
