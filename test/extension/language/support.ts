import assert from 'node:assert/strict';
import {
  commands,
  languages,
  Range,
  Uri,
  window,
  workspace,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import { until } from '../support';

/** A file of the sample workspace. */
export function sample(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  return Uri.joinPath(folder.uri, name);
}

/** Shows a text as a network's file that was never saved, beside the samples. */
export async function showText(content: string): Promise<TextDocument> {
  // VS Code may still hold the documents of suites before this one, each of which counts for itself.
  const uri = sample(`untitled${Date.now()}_${++untitled}.cnn.json`).with({ scheme: 'untitled' });
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document);
  await editor.edit(edit => edit.insert(document.positionAt(0), content));
  return document;
}
let untitled = 0;

export function wholeRange(document: TextDocument): Range {
  return new Range(document.positionAt(0), document.positionAt(document.getText().length));
}

/** Replaces the text of an open document as a keystroke does. */
export async function type(document: TextDocument, replaced: string, by: string): Promise<void> {
  const editor = await window.showTextDocument(document);
  const start = document.getText().indexOf(replaced);
  assert.ok(start >= 0, replaced);
  const range = new Range(document.positionAt(start), document.positionAt(start + replaced.length));
  await editor.edit(edit => edit.replace(range, by));
}

/** What is told of the document, once it is as asked. */
export async function problems(
  { uri }: TextDocument,
  accept: (diagnostics: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  const own = () => languages.getDiagnostics(uri).filter(({ source }) => source === 'cnn');
  await until(() => accept(own())).catch((error: unknown) => {
    assert.fail(
      `${String(error)}: ${own()
        .map(({ message }) => message)
        .join('\n')}`,
    );
  });
  return own();
}

export function closeAll(): Thenable<unknown> {
  return commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
