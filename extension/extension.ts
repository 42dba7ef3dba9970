import * as vscode from 'vscode';
import { createLastRun, runConvLayer, runConvLayerAgain } from './commands/runConvLayer';
import type { LayerPanel } from './panels/layerPanel';
import { createLayerPanels } from './panels/layerPanels';
import { createEngineClient } from './worker/engineClient';

/** What other extensions, and the tests, may use. */
export interface ExtensionApi {
  /** The open layer panels, the oldest first. */
  panels(): readonly LayerPanel[];
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker', 'engineWorker.mjs');
  const engine = createEngineClient(script.fsPath);
  const lastRun = createLastRun(context.workspaceState);
  const panels = createLayerPanels({
    engine,
    extensionUri: context.extensionUri,
    onRun: request => lastRun.set(request),
  });
  context.subscriptions.push(
    engine,
    vscode.window.registerWebviewPanelSerializer(panels.viewType, panels),
    vscode.commands.registerCommand('cnnInspector.runConvLayer', argument =>
      runConvLayer(engine, panels, argument),
    ),
    vscode.commands.registerCommand('cnnInspector.runConvLayerAgain', () =>
      runConvLayerAgain(engine, panels, lastRun),
    ),
  );
  return { panels: () => panels.all() };
}
