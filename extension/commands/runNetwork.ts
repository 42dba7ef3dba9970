import * as vscode from 'vscode';
import { CancelledError, messageOf } from '../../engine';
import type { NetworkPanels } from '../panels/networkPanels';
import { chooseNetwork } from '../workspace/chooseNetwork';

/**
 * CNN: Run Network: opens a panel on a network beside its source and runs it to the end, or into a layer.
 * @param argument `{ file, backward, layer }` from a lens, a key binding, a task or another extension; the file, or the node of
 *   the side bar, that a menu was opened on; or nothing: then it is the file of the active editor, or asked for
 */
export async function runNetwork(panels: NetworkPanels, argument: unknown): Promise<void> {
  const { backward, layer } = Object(argument) as { backward?: unknown; layer?: unknown };
  const file = await chooseNetwork(argument);
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

/** The column that shows the file already. */
function columnOf(file: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString())
    ?.viewColumn;
}
