import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { messageOf } from '../../engine';
import { NETWORK_LANGUAGE } from '../language/jsonFeatures';
import type { EngineClient } from '../worker/runs/engineClient';
import { isArrayFileName } from '../workspace/fileTypes';
import { chooseFile, exists, fileContent, findTensorFiles } from '../workspace/tensorFiles';

/**
 * CNN: Create Network from Parameters. Opens a network's file that nobody has saved yet, beside the parameters.
 * @param argument the params file that a menu was opened on, or a node of the side bar with its `uri`; else it is asked for
 */
export async function createNetwork(engine: EngineClient, argument: unknown): Promise<void> {
  const { uri } = Object(argument) as { uri?: unknown };
  const given = [argument, uri].find(value => value instanceof vscode.Uri);
  const file = given ?? (await chooseParams());
  if (!file) return;
  try {
    const fileName = basename(file.path);
    const text = await engine.request('network/propose', { file: await fileContent(file), fileName });
    if (text === undefined) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('{0} has no weights that a network could be made of.', fileName),
      );
    } else {
      await show(file, text);
    }
  } catch (error) {
    void vscode.window.showErrorMessage(messageOf(error));
  }
}

/** A file of the workspace, or else one from anywhere. */
async function chooseParams(): Promise<vscode.Uri | undefined> {
  const files = (await findTensorFiles()).filter(({ path }) => isArrayFileName(basename(path)));
  if (files.length === 0) return chooseFile();
  const items = files.map(uri => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const placeHolder = vscode.l10n.t('The file of the parameters');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

async function show(params: vscode.Uri, text: string): Promise<void> {
  const stem = basename(params.path).replace(/\..*$/, '');
  const target = vscode.Uri.joinPath(params, '..', `${stem}.cnn.json`);
  const isThere = await exists(target);
  const replace = vscode.l10n.t('Replace');
  const open = vscode.l10n.t('Open It');
  const choice =
    isThere &&
    (await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} is there already.', basename(target.path)),
      { modal: true },
      replace,
      open,
    ));
  if (choice === undefined) return;
  const document = await openTarget(target, isThere);
  const editor = await vscode.window.showTextDocument(document);
  if (choice === open) return;
  const whole = new vscode.Range(
    new vscode.Position(0, 0),
    document.lineAt(document.lineCount - 1).range.end,
  );
  await editor.edit(edit => edit.replace(whole, text));
}

/** What is not there yet stays unsaved; only on a disk can VS Code be told where it is to be saved. */
function openTarget(target: vscode.Uri, isThere: boolean): Thenable<vscode.TextDocument> {
  if (isThere) return vscode.workspace.openTextDocument(target);
  return target.scheme === 'file'
    ? vscode.workspace.openTextDocument(target.with({ scheme: 'untitled' }))
    : vscode.workspace.openTextDocument({ language: NETWORK_LANGUAGE });
}
