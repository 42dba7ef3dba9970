import * as vscode from 'vscode';

/** Milliseconds that work may take before anything is said about it. */
const PATIENCE_MS = 400;

/**
 * Does `task`; if it takes long, shows so in a notification with a Cancel button, which aborts the signal, and with how
 * far it is, 0 to 1, where the task tells.
 */
export async function withDelayedProgress<T>(
  title: string,
  task: (signal: AbortSignal, tell: (fraction: number) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let done = 0;
  let shown = 0;
  let showDone = (): void => undefined;
  const work = task(controller.signal, fraction => {
    done = fraction;
    showDone();
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const patience = new Promise<boolean>(resolve => setTimeout(() => resolve(false), PATIENCE_MS));
  if (!(await Promise.race([ended, patience]))) {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      showDone = () => {
        progress.report({ increment: 100 * (done - shown), message: `${Math.floor(100 * done)} %` });
        shown = done;
      };
      if (done > 0) showDone();
      token.onCancellationRequested(() => controller.abort());
      return ended;
    });
  }
  return work;
}
