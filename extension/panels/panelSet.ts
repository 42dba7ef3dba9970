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
  /** Fills a panel that VS Code restores. A window that closed before it could save anything leaves nothing to restore. */
  restore<S>(webviewPanel: vscode.WebviewPanel, saved: S | undefined, fill: (saved: S) => P): void;
  /** The panel that has the focus, if it is one of these. */
  active(): P | undefined;
  /** The oldest first. */
  all(): readonly P[];
}

export function createPanelSet<P extends Panel>(extensionUri: vscode.Uri): PanelSet<P> {
  const panels = new Set<P>();
  const options = { enableScripts: true, localResourceRoots: [resourceRoot(extensionUri)] };
  const keep = (panel: P): P => {
    panels.add(panel);
    panel.webviewPanel.onDidDispose(() => panels.delete(panel));
    panel.webviewPanel.iconPath = vscode.Uri.joinPath(extensionUri, 'extension', 'media', 'icon.svg');
    return panel;
  };
  return {
    options,
    keep,
    restore(webviewPanel, saved, fill) {
      webviewPanel.webview.options = options;
      if (saved) keep(fill(saved));
      else webviewPanel.dispose();
    },
    active: () => [...panels].find(({ webviewPanel }) => webviewPanel.active),
    all: () => [...panels],
  };
}
