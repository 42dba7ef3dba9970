import * as vscode from 'vscode';
import type { NetworkSession, NetworkSessions } from './networkSession';

/** Offers to restart a debugged session once its network's file was saved with another text than it runs. A panel says so itself. */
export function offerRestart(sessions: NetworkSessions): vscode.Disposable {
  const offered = new WeakMap<NetworkSession, string>();
  return vscode.workspace.onDidSaveTextDocument(async document => {
    const session = sessions.of(document.uri);
    const text = document.getText();
    if (!session?.state.debugging || text === session.text || offered.get(session) === session.text) return;
    offered.set(session, session.text);
    const { t } = vscode.l10n;
    const restart = t('Restart');
    const answer = await vscode.window.showInformationMessage(
      t('{0} is debugged as it was before it was saved.', session.state.file),
      restart,
    );
    // What is wrong with the new text, the session says itself.
    if (answer === restart) await session.do({ kind: 'restart' }).catch(() => undefined);
  });
}
