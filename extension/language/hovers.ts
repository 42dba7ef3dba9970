import * as vscode from 'vscode';
import { compactShape, formatBytes, kindOf } from '../../engine';
import { count } from '../sidebar/treeItem';
import { documentRange, type NetworkReadings, type ReadText } from './networkReadings';

/**
 * What is known of the layer under the pointer: shapes, formulas with their numbers, costs. What types and attributes
 * mean is in the JSON schema, which VS Code shows below.
 */
export function createHovers(readings: NetworkReadings): vscode.HoverProvider {
  return {
    async provideHover(document, position) {
      const reading = await readings.of(document);
      const place = reading.source.placeAt(document.offsetAt(position));
      if (place?.layer === undefined) return undefined;
      const parameter = place.key === undefined ? undefined : parameterText(reading, place.layer, place.key);
      const texts = [...(parameter ? [parameter] : []), layerText(reading, place.layer)];
      return new vscode.Hover(texts, documentRange(document, reading.source.rangeOf(place)));
    },
  };
}

/** A parameter by the name it has in its file: shape, type, and what its axes are. */
function parameterText(
  { network, parameters }: ReadText,
  layer: number,
  key: string,
): vscode.MarkdownString | undefined {
  const { type, parameters: named } = network.layers[layer];
  const kind = kindOf(type).parameters.find(({ role }) => role === key);
  const info = kind && parameters?.find(({ name }) => name === named[kind.role]);
  if (!info) return undefined;
  const text = `${info.name} ${compactShape(info.shape)} ${info.dtype}`;
  return new vscode.MarkdownString().appendCodeblock(`${text}\n${kind.role}: ${kind.axes}`, 'text');
}

function layerText({ network, analysis, parameters }: ReadText, layer: number): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { type } = network.layers[layer];
  const { name, inputs, out, formulas, parameterCount, macs, activationBytes, receptiveField } =
    analysis.layers[layer];
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(name).appendMarkdown(`** \`${type}\`\n\n`);
  const shapes = `${inputs.map(compactShape).join(', ') || '?'} → ${out ? compactShape(out) : '?'}`;
  markdown.appendCodeblock([shapes, ...formulas].join('\n'), 'text');
  if (!out) return markdown;
  const sizes = Object.entries(analysis.layers[layer].parameters).map(
    ([role, shape]) => `${role} ${compactShape(shape)}`,
  );
  const facts: [string, string][] = [
    [t('Multiply-adds'), t('{0} per sample', count(macs))],
    [t('Activation memory'), t('{0} per sample', formatBytes(activationBytes))],
  ];
  if (sizes.length > 0 || parameters)
    facts.unshift([t('Parameters'), [count(parameterCount), ...sizes].join(' · ')]);
  if (receptiveField) {
    const { height, width, strideH, strideW } = receptiveField;
    facts.push([
      t('Receptive field'),
      t('{0}×{1} pixels of the input; neighbours lie {2}×{3} apart', height, width, strideH, strideW),
    ]);
  }
  const rows = facts.map(([label, value]) => `| ${label} | ${value} |`);
  return markdown.appendMarkdown(['| | |', '| :-- | :-- |', ...rows].join('\n'));
}
