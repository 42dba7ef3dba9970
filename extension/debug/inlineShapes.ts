import * as vscode from 'vscode';
import { compactShape, layerExpression } from '../../engine';
import { parseNetwork } from '../../engine/network/file';
import type { NetworkSessions } from '../session/networkSession';

/** While a network is debugged: the shape of what each layer gave, at the end of its line; of where it stands, the range, too. */
export function createInlineShapes(sessions: NetworkSessions): vscode.InlineValuesProvider {
  return {
    provideInlineValues(document, viewPort) {
      const session = sessions.of(document.uri);
      if (!session || document.getText() !== session.text) return [];
      const { state } = session;
      const { layers } = parseNetwork(session.text).source.positions;
      return layers.slice(0, state.ran).flatMap(({ range }, layer): vscode.InlineValue[] => {
        const end = document.positionAt(range.offset + range.length);
        const { name, out } = state.layers[layer];
        if (!out || !viewPort.contains(end)) return [];
        const place = new vscode.Range(end, end);
        return state.position.layer === layer
          ? [new vscode.InlineValueEvaluatableExpression(place, `${layerExpression(name)}.out`)]
          : [new vscode.InlineValueText(place, compactShape(out))];
      });
    },
  };
}
