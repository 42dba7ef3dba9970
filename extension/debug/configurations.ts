import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { NETWORK_LANGUAGE } from '../language/jsonFeatures';

/** The debugger's type in configurations. */
export const DEBUG_TYPE = 'cnn';

/** A configuration that was left to us: F5 on a network's file without a launch.json, or one without its network. */
export const configurations: vscode.DebugConfigurationProvider = {
  async resolveDebugConfiguration(_folder, given) {
    const isEmpty = !given.type && !given.request && !given.name;
    const document = vscode.window.activeTextEditor?.document;
    const onShow = document?.languageId === NETWORK_LANGUAGE ? document.uri : undefined;
    if (isEmpty && onShow) return configurationOf(onShow);
    if (given.network !== undefined) return given;
    if (onShow) return { ...given, network: nameOf(onShow) };
    const t = vscode.l10n.t;
    await vscode.window.showInformationMessage(
      t(
        'Open the file of a network (*.cnn.json) and start debugging again, or name one in launch.json as "network".',
      ),
    );
    return undefined;
  },
};

/** The configuration that debugs a network's file. */
export function configurationOf(file: vscode.Uri, backward = false): vscode.DebugConfiguration {
  return {
    type: DEBUG_TYPE,
    request: 'launch',
    name: basename(file.path),
    network: nameOf(file),
    backward,
    stopOnEntry: true,
    internalConsoleOptions: 'neverOpen', // the pictures need the room
  };
}

function nameOf(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString();
}
