import * as vscode from 'vscode';
import { INPUT, layerExpression, type Network, type Place } from '../../engine';
import { parseNetwork } from '../../engine/network/file';

/** What a place of a network's file stands for while it is debugged: `conv1.out`, `conv1.W`, `conv1.stride`, `input.out`. */
export const hoverExpressions: vscode.EvaluatableExpressionProvider = {
  provideEvaluatableExpression(document, position) {
    const { network, source } = parseNetwork(document.getText());
    const place = source.placeAt(document.offsetAt(position));
    const expression = place && expressionAt(network, place);
    if (expression === undefined) return undefined;
    const { offset, length } = source.rangeOf(place!);
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    return new vscode.EvaluatableExpression(range, expression);
  },
};

function expressionAt({ layers }: Network, { layer, key }: Place): string | undefined {
  if (layer === undefined) return key === 'input' ? `${INPUT}.out` : undefined;
  const name = layerExpression(layers[layer].name);
  if (key === undefined || key === 'type' || key === 'name') return `${name}.out`;
  return key === 'from' || key === 'target' ? undefined : `${name}.${key}`;
}
