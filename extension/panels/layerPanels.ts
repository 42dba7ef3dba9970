import * as vscode from 'vscode';
import type { RunRequest, RunSummary } from '../../webview/protocol';
import { ArgumentError, parseRunRequest } from '../run/parseRunRequest';
import { fillLayerPanel, type LayerPanel, type PanelServices } from './layerPanel';
import { resourceRoot } from './panelHtml';
import { startRun } from './startRun';

const VIEW_TYPE = 'cnnInspector.layer';

/** All layer panels of the window. */
export interface LayerPanels extends vscode.WebviewPanelSerializer {
  readonly viewType: string;
  /** Runs the layer and opens a panel on it. No panel is opened for what cannot run. */
  open(request: RunRequest): Promise<{ panel: LayerPanel; summary: RunSummary }>;
  /** The panel that has the focus, if it is one of these. */
  active(): LayerPanel | undefined;
  all(): readonly LayerPanel[];
}

export function createLayerPanels(services: PanelServices): LayerPanels {
  const panels = new Set<LayerPanel>();
  const localResourceRoots = [resourceRoot(services.extensionUri)];

  const keep = (panel: LayerPanel): LayerPanel => {
    panels.add(panel);
    panel.webviewPanel.onDidDispose(() => panels.delete(panel));
    panel.webviewPanel.iconPath = vscode.Uri.joinPath(
      services.extensionUri,
      'extension',
      'media',
      'icon.svg',
    );
    return panel;
  };

  return {
    viewType: VIEW_TYPE,
    async open(request) {
      const run = await startRun(services.engine, request);
      const webviewPanel = vscode.window.createWebviewPanel(
        VIEW_TYPE,
        `Conv · ${run.summary.weights.name}`,
        vscode.ViewColumn.Active,
        { enableScripts: true, localResourceRoots },
      );
      const panel = keep(fillLayerPanel(webviewPanel, services, request, run));
      return { panel, summary: run.summary };
    },
    active: () => [...panels].find(panel => panel.webviewPanel.active),
    all: () => [...panels],
    deserializeWebviewPanel(webviewPanel, state: unknown) {
      webviewPanel.webview.options = { enableScripts: true, localResourceRoots };
      const request = savedRequest(state);
      // A window that closed before the panel could save anything leaves nothing to restore.
      if (request) keep(fillLayerPanel(webviewPanel, services, request));
      else webviewPanel.dispose();
      return Promise.resolve();
    },
  };
}

function savedRequest(state: unknown): RunRequest | undefined {
  const { request } = Object(state) as { request?: unknown };
  try {
    return parseRunRequest(request);
  } catch (error) {
    if (error instanceof ArgumentError) return undefined;
    throw error;
  }
}
