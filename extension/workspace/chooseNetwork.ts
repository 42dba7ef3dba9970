import * as vscode from 'vscode';
import { isNetworkFileName, NETWORK_NAMES } from './fileTypes';
import { findFiles, resolveFile } from './tensorFiles';

/** Networks that are offered to choose from. */
const MAX_NETWORKS = 300;

/**
 * The network that a command is about.
 * @param argument `{ file }` from a lens, a key binding, a task or another extension; the file, or the node of the side
 *   bar, that a menu was opened on; or nothing: then it is the file of the active editor, or asked for
 * @returns undefined if the user chooses none
 */
export async function chooseNetwork(argument: unknown): Promise<vscode.Uri | undefined> {
  return (await fileOf(argument)) ?? activeNetwork() ?? pickNetwork();
}

async function fileOf(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const { file, uri } = Object(argument) as { file?: unknown; uri?: unknown };
  const given = file ?? uri;
  if (typeof given === 'string') return resolveFile(given);
  return given instanceof vscode.Uri ? given : undefined;
}

function activeNetwork(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && isNetworkFileName(uri.path) ? uri : undefined;
}

async function pickNetwork(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const files = await findFiles(`**/${NETWORK_NAMES}`, MAX_NETWORKS);
  if (files.length === 0) {
    void vscode.window.showInformationMessage(t('No network (*.cnn.json) is in this workspace.'));
    return undefined;
  }
  const items = files.map(uri => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title: t('Which network is to run?') }))?.uri;
}
