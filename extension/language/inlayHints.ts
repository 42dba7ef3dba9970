import * as vscode from 'vscode';
import { compactShape } from '../../engine';
import type { NetworkReadings } from './networkReadings';

/** The shape that each layer gives, behind it: `→ (N,30,24,24)`. */
export function createInlayHints(
  readings: NetworkReadings,
  onFiles: vscode.Event<void>,
): vscode.InlayHintsProvider {
  return {
    onDidChangeInlayHints: onFiles,
    async provideInlayHints(document, range) {
      const { source, analysis } = await readings.of(document);
      return analysis.layers.flatMap(({ out, broken }, layer) => {
        const { offset, length } = source.rangeOf({ layer });
        const end = document.positionAt(offset + length);
        if (!out || !range.contains(end)) return [];
        const hint = new vscode.InlayHint(
          afterComma(document, end),
          `→ ${compactShape(out)}${broken ? '?' : ''}`,
        );
        hint.paddingLeft = true;
        return hint;
      });
    },
  };
}

/** Behind the comma that may follow. */
function afterComma(document: vscode.TextDocument, end: vscode.Position): vscode.Position {
  const isComma = document.lineAt(end).text[end.character] === ',';
  return isComma ? end.translate(0, 1) : end;
}
