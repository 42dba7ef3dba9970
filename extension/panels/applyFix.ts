import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { ShapeError } from '../../engine';
import { applyChanges, parseNetwork } from '../../engine/network/file';
import type { NetworkSession } from '../session/networkSession';

/**
 * Makes a fix of the session's problem in the network's file, and starts the session again where the problem was. The
 * file is left unsaved, as after a quick fix.
 * @param fix position in the problem's fixes
 * @throws ShapeError if there is no such fix, or the file has been edited since the session read it
 */
export async function applyFix(session: NetworkSession, fix: number): Promise<void> {
  const { problem, position } = session.state;
  const chosen = problem?.fixes.at(fix);
  if (!chosen) throw new ShapeError(vscode.l10n.t('There is nothing to fix any more.'));
  const document = await vscode.workspace.openTextDocument(session.file);
  const text = document.getText();
  if (text !== session.text) {
    throw new ShapeError(
      vscode.l10n.t('{0} has been edited since it was read: restart first.', basename(session.file.path)),
    );
  }
  const edit = applyChanges(text, parseNetwork(text).source.positions, chosen.changes);
  const { offset, length } = edit.range;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const change = new vscode.WorkspaceEdit();
  change.replace(session.file, range, edit.text);
  await vscode.workspace.applyEdit(change);
  await session.do({ kind: 'restart' });
  await session.do({ kind: 'goTo', position: { direction: 'forward', layer: position.layer } });
}
