import * as vscode from 'vscode';
import { resourceRoot } from './panelHtml';

/** A page in an editor tab. */
interface Panel {
  readonly webviewPanel: vscode.WebviewPanel;
}

/** The open panels of one kind. */
export interface PanelSet<P extends Panel> {
  /** For making a webview panel of the kind, or restoring one. */
  readonly options: vscode.WebviewOptions;
  /** Keeps a panel until it is closed. */
  keep(panel: P): P;
  /** The panel that has the focus, if it is one of these. */
  active(): P | undefined;
  /** The oldest first. */
  all(): readonly P[];
}

export function createPanelSet<P extends Panel>(extensionUri: vscode.Uri): PanelSet<P> {
  const panels = new Set<P>();
  return {
    options: { enableScripts: true, localResourceRoots: [resourceRoot(extensionUri)] },
    keep(panel) {
      panels.add(panel);
      panel.webviewPanel.onDidDispose(() => panels.delete(panel));
      panel.webviewPanel.iconPath = vscode.Uri.joinPath(extensionUri, 'extension', 'media', 'icon.svg');
      return panel;
    },
    active: () => [...panels].find(({ webviewPanel }) => webviewPanel.active),
    all: () => [...panels],
  };
}
