import * as vscode from 'vscode';
import { NETWORK_LANGUAGE } from '../language/jsonFeatures';
import type { NetworkSessions } from '../session/networkSession';
import { offerRestart } from '../session/offerRestart';
import { configurationOf, configurations, DEBUG_TYPE } from './configurations';
import { createDebugAdapter } from './debugAdapter';
import { hoverExpressions } from './hoverExpressions';
import { createInlineShapes } from './inlineShapes';

/** The debugger of networks, and what it shows in their source. */
export function registerDebugger(sessions: NetworkSessions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterInlineImplementation(createDebugAdapter(sessions)),
    }),
    offerRestart(sessions),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations),
    vscode.languages.registerInlineValuesProvider(NETWORK_LANGUAGE, createInlineShapes(sessions)),
    vscode.languages.registerEvaluatableExpressionProvider(NETWORK_LANGUAGE, hoverExpressions),
    vscode.commands.registerCommand('cnnInspector.debugNetwork', debugNetwork),
  );
}

/**
 * CNN: Debug Network.
 * @param argument `{file, backward}`, a file, a node of the side bar, or nothing: then the file that is open
 * @returns whether it has begun
 */
async function debugNetwork(argument: unknown): Promise<boolean> {
  const { file, uri, backward } = Object(argument) as { file?: unknown; uri?: unknown; backward?: unknown };
  const given = argument instanceof vscode.Uri ? argument : (file ?? uri);
  const network = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  return (
    network !== undefined &&
    vscode.debug.startDebugging(
      vscode.workspace.getWorkspaceFolder(network),
      configurationOf(network, backward === true),
    )
  );
}
