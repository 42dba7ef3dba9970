import * as vscode from 'vscode';
import type { TensorEditors } from '../editors/tensorEditors';
import { chooseFile, resolveFile } from '../workspace/tensorFiles';

/**
 * CNN: Inspect Tensors.
 * @param argument `{ file, array }`, both texts, from a key binding, a task or another extension; the file that a menu was
 *   opened on; or nothing: then it is the file of the active tab, or asked for
 */
export async function inspectTensors(editors: TensorEditors, argument: unknown): Promise<void> {
  const { file, array } = Object(argument) as { file?: unknown; array?: unknown };
  if (typeof file === 'string') {
    return editors.open(await resolveFile(file), typeof array === 'string' ? array : undefined);
  }
  const uri = argument instanceof vscode.Uri ? argument : (fileOfActiveTab() ?? (await chooseFile()));
  if (uri) await editors.open(uri);
}

function fileOfActiveTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}
