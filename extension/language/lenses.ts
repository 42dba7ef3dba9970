import * as vscode from 'vscode';
import { formatBytes } from '../../engine';
import { count } from '../sidebar/treeItem';
import { documentRange, type NetworkReadings, type ReadText } from './networkReadings';
import { parameterOf, runRequestOf } from './runRequest';

/** The network in numbers and what can be done with it, above the first line; Run Conv Layer above convolutions. */
export function createLenses(
  readings: NetworkReadings,
  onFiles: vscode.Event<void>,
): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: onFiles,
    async provideCodeLenses(document) {
      const reading = await readings.of(document);
      return [...networkLenses(document, reading), ...layerLenses(document, reading)];
    },
  };
}

function networkLenses({ uri }: vscode.TextDocument, { network, analysis }: ReadText): vscode.CodeLens[] {
  const { t } = vscode.l10n;
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: string, argument?: object) =>
    new vscode.CodeLens(top, { title, command, arguments: argument && [argument] });
  if (network.layers.length === 0) return [];
  const { parameterCount, macs, peakBytes } = analysis.totals;
  return [
    lens(`$(play) ${t('Run')}`, 'cnnInspector.runNetwork', { file: uri }),
    lens(`$(debug-alt) ${t('Debug')}`, 'cnnInspector.debugNetwork', { file: uri }),
    lens(`$(debug-reverse-continue) ${t('Debug Backward')}`, 'cnnInspector.debugNetwork', {
      file: uri,
      backward: true,
    }),
    lens(
      t(
        '{0} parameters · {1} multiply-adds · peak {2}',
        count(parameterCount),
        count(macs),
        formatBytes(peakBytes),
      ),
      '',
    ),
  ];
}

/** A convolution of the input runs as it is; another one in its network, as it takes what the layers before give. */
function layerLenses(document: vscode.TextDocument, reading: ReadText): vscode.CodeLens[] {
  const title = `$(play) ${vscode.l10n.t('Run Conv Layer')}`;
  return reading.network.layers.flatMap(({ type }, layer) => {
    if (type !== 'conv' || !parameterOf(document.uri, reading, layer, 'W')) return [];
    const request = runRequestOf(document.uri, reading, layer);
    const command = request
      ? { title, command: 'cnnInspector.runConvLayer', arguments: [request] }
      : { title, command: 'cnnInspector.runNetwork', arguments: [{ file: document.uri, layer }] };
    return [new vscode.CodeLens(documentRange(document, reading.source.rangeOf({ layer })), command)];
  });
}
