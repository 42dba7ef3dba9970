import * as vscode from 'vscode';
import type { NetworkState } from '../../webview/protocol';
import type { NetworkSession } from '../session/networkSession';
import {
  fillNetworkPanel,
  type NetworkPanel,
  type NetworkPanelServices,
  type WantedSession,
} from './networkPanel';
import { createPanelSet } from './panelSet';

const VIEW_TYPE = 'cnnInspector.network';

/** All panels of networks of the window. */
export interface NetworkPanels extends vscode.WebviewPanelSerializer {
  readonly viewType: string;
  /**
   * Starts the network and opens a panel on it beside the editor, or shows it in the file's panel.
   * @throws what `NetworkSessions.start` throws; no panel is opened for what cannot be started
   */
  open(file: vscode.Uri, backward: boolean): Promise<NetworkPanel>;
  /** Shows the session of a debugger beside its source, which is opened where it is not on show. */
  follow(session: NetworkSession): Promise<void>;
  all(): readonly NetworkPanel[];
}

export function createNetworkPanels(services: NetworkPanelServices): NetworkPanels {
  const panels = createPanelSet<NetworkPanel>(services.extensionUri);

  /** The panel of a file, brought to the front; made where there is none. */
  const panelFor = (wanted: WantedSession, title: string): NetworkPanel => {
    const present = panels.all().find(panel => panel.file() === wanted.uri);
    if (present) {
      present.webviewPanel.reveal(undefined, true);
      return present;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const webviewPanel = vscode.window.createWebviewPanel(VIEW_TYPE, title, place, panels.options);
    return panels.keep(fillNetworkPanel(webviewPanel, services, wanted));
  };

  return {
    viewType: VIEW_TYPE,
    async open(file, backward) {
      const session = await services.sessions.start({ file, backward });
      const panel = panelFor({ uri: file.toString(), backward }, session.state.network);
      panel.own(session);
      return panel;
    },
    async follow(session) {
      const { uri, backward, network } = session.state;
      // First: VS Code shows the source when the debugger stops, and would put it in front of a panel that stands alone.
      await showSource(session.file);
      // It may have ended meanwhile.
      if (!services.sessions.all().includes(session)) return;
      panelFor({ uri, backward }, network).follow(session);
    },
    all: panels.all,
    deserializeWebviewPanel(webviewPanel, state: unknown) {
      panels.restore(webviewPanel, savedSession(state), wanted =>
        fillNetworkPanel(webviewPanel, services, wanted),
      );
      return Promise.resolve();
    },
  };
}

async function showSource(file: vscode.Uri): Promise<void> {
  const isShown = vscode.window.visibleTextEditors.some(
    ({ document }) => document.uri.toString() === file.toString(),
  );
  if (!isShown) await vscode.window.showTextDocument(file);
}

/** What a panel has saved; undefined where that is of no use. The session itself checks the position. */
function savedSession(state: unknown): WantedSession | undefined {
  const { uri, backward, batch, position } = Object(state) as Partial<NetworkState>;
  if (typeof uri !== 'string') return undefined;
  const hasPosition = typeof position?.layer === 'number';
  return {
    uri,
    backward: backward === true,
    batch: typeof batch === 'number' ? batch : undefined,
    position: hasPosition ? position : undefined,
  };
}
