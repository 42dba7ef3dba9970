import * as vscode from 'vscode';
import { registerAboutEngine } from './about/aboutEngine';
import { createLastRun, pickAndRun, runConvLayer, runConvLayerAgain } from './commands/runConvLayer';
import { createNetwork } from './commands/createNetwork';
import { inspectTensors } from './commands/inspectTensors';
import { runNetwork } from './commands/runNetwork';
import type { TensorEditor } from './editors/tensorEditor';
import { createTensorEditors } from './editors/tensorEditors';
import { engineSettings } from './engineSettings';
import { registerDebugger } from './debug/registerDebugger';
import { registerLanguage } from './language/registerLanguage';
import type { LayerPanel } from './panels/layerPanel';
import { createLayerPanels } from './panels/layerPanels';
import type { NetworkPanel } from './panels/networkPanel';
import { createNetworkPanels } from './panels/networkPanels';
import type { PickStart } from './pick/pickRun';
import type { NetworkSession } from './session/networkSession';
import { createNetworkSessions } from './session/networkSessions';
import { registerSidebar } from './sidebar/sidebar';
import { registerStatusBar } from './statusBar';
import { createEngineClient } from './worker/runs/engineClient';

/** What other extensions, and the tests, may use. */
export interface ExtensionApi {
  /** The open layer panels, the oldest first. */
  panels(): readonly LayerPanel[];
  /** The open editors of files of arrays, the oldest first. */
  editors(): readonly TensorEditor[];
  /** The open panels of networks, the oldest first. */
  networks(): readonly NetworkPanel[];
  /** The sessions of networks, the oldest first. */
  sessions(): readonly NetworkSession[];
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const worker = (script: string): string =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker', script).fsPath;
  const engine = createEngineClient(worker('engineWorker.mjs'), engineSettings);
  const lastRun = createLastRun(context.workspaceState);
  const panels = createLayerPanels({
    engine,
    extensionUri: context.extensionUri,
    onRun: request => lastRun.set(request),
  });
  const runLayer = (start: PickStart) => pickAndRun(engine, panels, start);
  const editors = createTensorEditors({
    extensionUri: context.extensionUri,
    documentWorker: worker('documentWorker.mjs'),
    workspaceState: context.workspaceState,
    runLayer,
  });
  const sessions = createNetworkSessions(worker('sessionWorker.mjs'));
  const networks = createNetworkPanels({ sessions, extensionUri: context.extensionUri });
  context.subscriptions.push(
    engine,
    sessions,
    registerAboutEngine(engine, sessions),
    registerDebugger(sessions),
    ...editors.viewTypes.map(viewType =>
      vscode.window.registerCustomEditorProvider(viewType, editors, {
        supportsMultipleEditorsPerDocument: true,
      }),
    ),
    vscode.commands.registerCommand('cnnInspector.inspectTensors', argument =>
      inspectTensors(editors, argument),
    ),
    registerStatusBar(editors.onSelection),
    registerSidebar({ engine, runLayer }),
    registerLanguage(engine),
    vscode.window.registerWebviewPanelSerializer(panels.viewType, panels),
    vscode.window.registerWebviewPanelSerializer(networks.viewType, networks),
    sessions.onDidStart(session => {
      if (session.state.debugging) void networks.follow(session);
    }),
    vscode.commands.registerCommand('cnnInspector.runNetwork', argument => runNetwork(networks, argument)),
    vscode.commands.registerCommand('cnnInspector.openSamples', () =>
      vscode.commands.executeCommand(
        'vscode.openFolder',
        vscode.Uri.joinPath(context.extensionUri, 'extension', 'samples'),
        { forceNewWindow: true },
      ),
    ),
    vscode.commands.registerCommand('cnnInspector.createNetwork', argument =>
      createNetwork(engine, argument),
    ),
    vscode.commands.registerCommand('cnnInspector.runConvLayer', argument =>
      runConvLayer(engine, panels, argument),
    ),
    vscode.commands.registerCommand('cnnInspector.runConvLayerAgain', () =>
      runConvLayerAgain(engine, panels, lastRun),
    ),
  );
  return {
    panels: () => panels.all(),
    editors: () => editors.all(),
    networks: () => networks.all(),
    sessions: () => sessions.all(),
  };
}
