import * as vscode from 'vscode';
import { parseNetwork } from '../../engine/network/file';
import type { NetworkSession } from '../session/networkSession';

/** Shows a layer in the network's file, in the editor that shows the file already or in the first column. */
export async function revealLayer(session: NetworkSession, layer: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(session.file);
  const { offset, length } = parseNetwork(document.getText()).source.rangeOf(
    layer < 0 ? { key: 'input' } : { layer },
  );
  const shown = vscode.window.visibleTextEditors.find(editor => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
  });
}
