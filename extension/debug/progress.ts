import * as vscode from 'vscode';
import type { NetworkSession } from '../session/networkSession';
import type { SendEvent } from './dapServer';

/** Milliseconds that a movement may take before anything is said about it, and between two sayings. */
const PATIENCE_MS = 500;
const PACE_MS = 100;

let lastId = 0;

/** Tells the client which layer a long movement has come to, with a button that pauses it. */
export function showProgress(session: NetworkSession, send: SendEvent): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let progressId: string | undefined;
  let told = 0;

  const end = (): void => {
    clearTimeout(timer);
    if (progressId !== undefined) send('progressEnd', { progressId });
    progressId = undefined;
  };
  const start = (): void => {
    progressId = `run${++lastId}`;
    const title = vscode.l10n.t('Running {0}', session.state.network);
    send('progressStart', { progressId, title, cancellable: true });
  };
  return vscode.Disposable.from(
    session.onMoving(() => {
      end();
      timer = setTimeout(start, PATIENCE_MS);
    }),
    session.onRunning(({ layer }) => {
      if (progressId === undefined || performance.now() - told < PACE_MS) return;
      told = performance.now();
      const { layers } = session.state;
      const message = `${layers[layer]?.name ?? ''} (${layer + 1}/${layers.length})`;
      send('progressUpdate', { progressId, message });
    }),
    session.onMoved(end),
    new vscode.Disposable(end),
  );
}
