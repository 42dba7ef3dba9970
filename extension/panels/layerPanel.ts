import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { CancelledError, messageOf } from '../../engine';
import {
  serve,
  toJsonNumbers,
  type Handlers,
  type PanelEvents,
  type PanelRequests,
  type RunRequest,
  type RunSummary,
} from '../../webview/protocol';
import type { EngineClient } from '../worker/runs/engineClient';
import { watchFiles } from '../workspace/watchFiles';
import { panelHtml } from './panelHtml';
import { startRun, type LayerRun } from './startRun';
import { traceHandlers } from './traceHandlers';

/** What panels need of their surroundings. */
export interface PanelServices {
  readonly engine: EngineClient;
  readonly extensionUri: vscode.Uri;
  /** Told of every run that succeeded, so that it can be repeated. */
  onRun(request: RunRequest): void;
}

/** A layer run in an editor tab. */
export interface LayerPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  /** What the panel's webview can ask. */
  readonly handlers: Handlers<PanelRequests>;
  /** Runs the same choices on the files as they are now; the panel says why where that cannot work. */
  runAgain(): Promise<RunSummary | undefined>;
}

/**
 * Fills a webview panel with a layer run and answers its webview until it is closed.
 * @param request what to run; it is run when the webview first asks, unless `started` is given
 */
export function fillLayerPanel(
  webviewPanel: vscode.WebviewPanel,
  services: PanelServices,
  request: RunRequest,
  started?: LayerRun,
): LayerPanel {
  let wanted = request;
  let run: LayerRun | undefined;
  let starting: Promise<RunSummary> | undefined;
  let watcher: vscode.Disposable | undefined;
  let newest = 0;

  /** Puts a run in the place of the one before. */
  const take = (next: LayerRun): LayerRun => {
    run?.engine.close();
    run = next;
    wanted = next.summary.request;
    webviewPanel.title = `Conv · ${next.summary.weights.name}`;
    watcher?.dispose();
    watcher = watchFiles(next.files, (file, change) =>
      notify('file/changed', { file: basename(file.path), change }),
    );
    services.onRun(wanted);
    return next;
  };
  /** Starts a run; of several, only the one that was asked for last is taken. */
  const replace = async (next: RunRequest): Promise<RunSummary> => {
    const own = ++newest;
    const nextRun = await startRun(services.engine, next);
    if (own !== newest) {
      nextRun.engine.close();
      throw new CancelledError();
    }
    return take(nextRun).summary;
  };
  /** The run, started now if there is none (any more): once for all who ask meanwhile. */
  const current = async (): Promise<LayerRun> => {
    if (run?.engine.isAlive()) return run;
    starting ??= replace(wanted).finally(() => (starting = undefined));
    await starting;
    return current();
  };
  const runAgain = async (): Promise<RunSummary | undefined> => {
    try {
      const summary = await replace(wanted);
      notify('run/changed', summary);
      return summary;
    } catch (error) {
      notify('run/refused', { reason: messageOf(error) });
      return undefined;
    }
  };

  const handlers: Handlers<PanelRequests> = {
    'run/get': async () => (await current()).summary,
    'run/change': ({ request: next }) => replace(next),
    'run/again': () => replace(wanted),
    ...traceHandlers(async (name, params, signal) => (await current()).engine.request(name, params, signal)),
  };

  const { webview } = webviewPanel;
  const notify = serve<PanelRequests, PanelEvents>(
    {
      // VS Code itself passes array buffers on without a copy where it can.
      post: message => void webview.postMessage(toJsonNumbers(message)),
      listen: handler => void webview.onDidReceiveMessage(handler),
    },
    handlers,
  );
  webviewPanel.onDidDispose(() => {
    newest++; // a run that is still on its way is closed when it arrives
    watcher?.dispose();
    run?.engine.close();
  });
  if (started) take(started);
  webview.html = panelHtml(webview, services.extensionUri, 'layerPage', { l10n: vscode.l10n.bundle });
  return { webviewPanel, handlers, runAgain };
}
