import * as vscode from 'vscode';
import { cursorAt, layerKinds } from '../../engine';
import type { EngineClient } from '../worker/runs/engineClient';
import { documentRange, type NetworkReadings } from './networkReadings';
import { createNames, type Name } from './names';
import { NETWORK_SNIPPET, SNIPPETS } from './snippets';

/**
 * Completes what only the workspace knows: names of layers, parameters, arrays and files; and layers, as snippets.
 * Keys, and the words that are types, come from the JSON schema.
 */
export function createCompletion(
  readings: NetworkReadings,
  engine: EngineClient,
): vscode.CompletionItemProvider {
  const namesAt = createNames(engine);
  return {
    async provideCompletionItems(document, position) {
      if (document.getText().trim() === '') return [networkItem()];
      const offset = document.offsetAt(position);
      const { path, isKey, literal } = cursorAt(document.getText(), offset);
      if (isKey) return [];
      if (path[0] === 'layers' && path.length === 2)
        return literal ? [] : layerItems(document.getText(), offset);
      const names = await namesAt(document.uri, await readings.of(document), path);
      const range = literal && documentRange(document, literal);
      return names.map((name, i) => nameItem(name, i, range));
    },
  };
}

/** @param order where it is listed */
function nameItem(
  { name, kind, detail }: Name,
  order: number,
  range: vscode.Range | undefined,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: name, description: detail }, kind);
  const json = JSON.stringify(name);
  return Object.assign(item, {
    insertText: json,
    filterText: json,
    range,
    sortText: String(order).padStart(6, '0'),
  });
}

function networkItem(): vscode.CompletionItem {
  const item = new vscode.CompletionItem('network', vscode.CompletionItemKind.Snippet);
  item.insertText = new vscode.SnippetString(NETWORK_SNIPPET);
  item.detail = vscode.l10n.t('A network with a first convolution');
  return item;
}

/** Layers of every type, with the commas that the list needs around a new one. */
function layerItems(text: string, offset: number): vscode.CompletionItem[] {
  const before = /\}\s*$/.test(text.slice(0, offset)) ? ', ' : '';
  const after = /^\s*\{/.test(text.slice(offset)) ? ',' : '';
  return layerKinds.map(({ type, description }) => {
    const item = new vscode.CompletionItem(type, vscode.CompletionItemKind.Snippet);
    const keys = SNIPPETS[type];
    const layer = `{"type": "${type}"${keys ? `, ${keys}` : ''}}`;
    item.insertText = new vscode.SnippetString(`${before}${layer.replace(/\}$/, '\\}')}${after}$0`);
    item.documentation = description;
    return item;
  });
}
