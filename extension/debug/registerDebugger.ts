import * as vscode from 'vscode';
import { NETWORK_LANGUAGE } from '../language/jsonFeatures';
import type { NetworkSessions } from '../session/networkSession';
import { offerRestart } from '../session/offerRestart';
import { chooseNetwork } from '../workspace/chooseNetwork';
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
 * @param argument what names the network, see {@link chooseNetwork}, and whether it is to go `backward`, too
 * @returns whether it has begun
 */
async function debugNetwork(argument: unknown): Promise<boolean> {
  const { backward } = Object(argument) as { backward?: unknown };
  const network = await chooseNetwork(argument);
  return (
    network !== undefined &&
    vscode.debug.startDebugging(
      vscode.workspace.getWorkspaceFolder(network),
      configurationOf(network, backward === true),
    )
  );
}
