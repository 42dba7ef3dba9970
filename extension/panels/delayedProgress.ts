import * as vscode from 'vscode';

/** Milliseconds that work may take before anything is said about it. */
const PATIENCE_MS = 400;

/** Does `task`; if it takes long, shows so in a notification with a Cancel button, which aborts the signal. */
export async function withDelayedProgress<T>(
  title: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const work = task(controller.signal);
  const ended = work.then(
    () => true,
    () => true,
  );
  const patience = new Promise<boolean>(resolve => setTimeout(() => resolve(false), PATIENCE_MS));
  if (!(await Promise.race([ended, patience]))) {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      return ended;
    });
  }
  return work;
}
