import * as vscode from 'vscode';
import { CancelledError } from '../../engine';
import type { NetworkPanels } from '../panels/networkPanels';
import { messageOf } from '../run/messageOf';
import { isNetworkFileName, NETWORK_NAMES } from '../workspace/fileTypes';
import { findFiles, resolveFile } from '../workspace/tensorFiles';

/** Networks that are offered to choose from. */
const MAX_NETWORKS = 300;

/**
 * CNN: Run Network: opens a panel on a network beside its source and runs it to the end, or into a layer.
 * @param argument `{ file, backward, layer }` from a lens, a key binding, a task or another extension; the file, or the node of
 *   the side bar, that a menu was opened on; or nothing: then it is the file of the active editor, or asked for
 */
export async function runNetwork(panels: NetworkPanels, argument: unknown): Promise<void> {
  const { backward, layer } = Object(argument) as { backward?: unknown; layer?: unknown };
  const file = (await fileOf(argument)) ?? activeNetwork() ?? (await pickNetwork());
  if (!file) return;
  try {
    await vscode.window.showTextDocument(file, { preview: false, viewColumn: columnOf(file) });
    const panel = await panels.open(file, backward === true);
    await panel
      .session()
      ?.do(
        typeof layer === 'number'
          ? { kind: 'goTo', position: { direction: 'forward', layer, operation: 0 } }
          : { kind: 'run', direction: 'onward' },
      );
  } catch (error) {
    if (!(error instanceof CancelledError)) void vscode.window.showErrorMessage(messageOf(error));
  }
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

/** The column that shows the file already. */
function columnOf(file: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString())
    ?.viewColumn;
}
