import * as vscode from 'vscode';
import type { RunRequest, RunSummary } from '../../webview/protocol';
import { ArgumentError, parseRunRequest } from '../run/parseRunRequest';
import { fillLayerPanel, type LayerPanel, type PanelServices } from './layerPanel';
import { createPanelSet } from './panelSet';
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
  const panels = createPanelSet<LayerPanel>(services.extensionUri);

  return {
    viewType: VIEW_TYPE,
    async open(request) {
      const run = await startRun(services.engine, request);
      const webviewPanel = vscode.window.createWebviewPanel(
        VIEW_TYPE,
        `Conv · ${run.summary.weights.name}`,
        vscode.ViewColumn.Active,
        panels.options,
      );
      const panel = panels.keep(fillLayerPanel(webviewPanel, services, request, run));
      return { panel, summary: run.summary };
    },
    active: panels.active,
    all: panels.all,
    deserializeWebviewPanel(webviewPanel, state: unknown) {
      panels.restore(webviewPanel, savedRequest(state), request =>
        fillLayerPanel(webviewPanel, services, request),
      );
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
