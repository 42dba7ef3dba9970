import * as vscode from 'vscode';
import { CancelledError, type RunningPlace } from '../../engine';
import {
  serve,
  toJsonNumbers,
  type Handlers,
  type NetworkEvents,
  type NetworkRequests,
  type NetworkState,
  type SessionState,
  type ShownSession,
} from '../../webview/protocol';
import { fixTitle } from '../language/fixTitle';
import type { NetworkSession, NetworkSessions } from '../session/networkSession';
import { applyFix } from './applyFix';
import { withDelayedProgress } from './delayedProgress';
import { panelHtml } from './panelHtml';
import { revealLayer } from './revealLayer';
import { traceHandlers } from './traceHandlers';

/** What panels of networks need of their surroundings. */
export interface NetworkPanelServices {
  readonly sessions: NetworkSessions;
  readonly extensionUri: vscode.Uri;
}

/** Where a panel starts its session: a new one stands on the input. */
export type WantedSession = Pick<NetworkState, 'uri' | 'backward'> & Partial<NetworkState>;

/** A network in an editor tab. */
export interface NetworkPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  /** What the panel's webview can ask. */
  readonly handlers: Handlers<NetworkRequests>;
  /** The network's file, as a URI. */
  file(): string;
  /** The session on show, as long as its worker runs. */
  session(): NetworkSession | undefined;
  /** Shows the session of a debugger, in the place of whatever was on show. It belongs to the debugger. */
  follow(session: NetworkSession): void;
  /** Shows a session of its own, which ends with the panel. */
  own(session: NetworkSession): void;
}

/**
 * Fills a webview panel with a network and answers its webview until it is closed.
 * @param start where its session begins, if it is not given one before its webview first asks
 */
export function fillNetworkPanel(
  webviewPanel: vscode.WebviewPanel,
  { sessions, extensionUri }: NetworkPanelServices,
  start: WantedSession,
): NetworkPanel {
  let wanted = start;
  let session: NetworkSession | undefined;
  let starting: Promise<NetworkSession> | undefined;
  let attached: vscode.Disposable | undefined;
  /** The layers that the webview has been told of last. */
  let told: SessionState['layers'] | undefined;
  let isClosed = false;

  const detach = (): void => {
    attached?.dispose();
    attached = undefined;
    session = undefined;
  };
  const attach = (next: NetworkSession, isOwn: boolean): void => {
    detach();
    session = next;
    const tell = (state: SessionState): void => {
      wanted = state;
      webviewPanel.title = state.network;
      const { layers, ...move } = shown(next, state);
      notify('session/moved', layers === told ? move : { ...move, layers });
      told = layers;
    };
    const run = ({ layer, direction }: RunningPlace): void => notify('session/running', { layer, direction });
    const listeners = [
      next.onMoved(tell),
      next.onChanged(tell),
      next.onMoving(() => run(next.state.position)),
      next.onRunning(run),
      next.onClosed(reason => {
        if (reason === undefined) detach();
        notify('session/stopped', { reason: reason ?? vscode.l10n.t('The debugger has ended.') });
      }),
    ];
    attached = vscode.Disposable.from(...listeners, { dispose: () => isOwn && next.close() });
    tell(next.state);
  };

  /** The session, started now if there is none (any more), and brought to where the last one was. */
  const current = (): Promise<NetworkSession> => {
    if (session) return Promise.resolve(session);
    starting ??= begin().finally(() => (starting = undefined));
    return starting;
  };
  /** The same for what pictures ask: they may still ask when a session has ended, which is no reason to start another. */
  const present = async (): Promise<NetworkSession> => {
    if (!session && !starting)
      throw new Error(vscode.l10n.t('This session has ended. Restart it to see more.'));
    return current();
  };
  const begin = async (): Promise<NetworkSession> => {
    const { uri, backward, batch, position } = wanted;
    const file = vscode.Uri.parse(uri, true);
    const next = await withDelayedProgress(vscode.l10n.t('Starting the network…'), signal =>
      sessions.start({ file, backward, batch }, signal),
    );
    if (isClosed) {
      next.close();
      throw new CancelledError();
    }
    attach(next, true);
    if (position && position.layer >= 0) await next.do({ kind: 'goTo', position });
    return next;
  };

  const handlers: Handlers<NetworkRequests> = {
    ...traceHandlers(async (name, params, signal) => (await present()).request(name, params, signal)),
    'session/get': async () => {
      const shownSession = await current();
      told = shownSession.state.layers;
      return shown(shownSession, shownSession.state);
    },
    'session/do': async ({ action }) => {
      // Where nothing runs any more, to start again is all that can be done.
      if (session || action.kind !== 'restart') await (await current()).do(action);
      else await current();
    },
    'session/pause': () => session?.pause(),
    'layer/get': async (params, signal) => (await present()).request('layer/get', params, signal),
    'problem/fix': async ({ fix }) => applyFix(await current(), fix),
    'layer/reveal': async ({ layer }) => revealLayer(await current(), layer),
  };

  const { webview } = webviewPanel;
  const notify = serve<NetworkRequests, NetworkEvents>(
    {
      post: message => void webview.postMessage(toJsonNumbers(message)),
      listen: handler => void webview.onDidReceiveMessage(handler),
    },
    handlers,
  );
  webviewPanel.onDidDispose(() => {
    isClosed = true;
    detach();
  });
  webview.html = panelHtml(webview, extensionUri, 'networkPage', { l10n: vscode.l10n.bundle });
  return {
    webviewPanel,
    handlers,
    file: () => wanted.uri,
    session: () => session,
    follow: next => attach(next, false),
    own: next => attach(next, true),
  };
}

function shown({ network }: NetworkSession, state: SessionState): ShownSession {
  return { ...state, fixes: state.problem?.fixes.map(fix => fixTitle(fix, network)) ?? [] };
}
