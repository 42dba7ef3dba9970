import * as vscode from 'vscode';

/**
 * The language of networks' files. It is JSON with comments in all but name: in files of the language `jsonc` VS Code
 * lets nobody set a breakpoint, and a debugger of JSON would answer F5 in every settings file.
 */
export const NETWORK_LANGUAGE = 'cnn-network';

/**
 * VS Code's own support for JSON (the schema's completion, hovers and validation; formatting) takes part in our language
 * by the manifest's `jsonLanguageParticipants`, but starts only when it is woken.
 */
export function wakeJsonFeatures(): vscode.Disposable {
  const wake = ({ languageId }: vscode.TextDocument): void => {
    if (languageId === NETWORK_LANGUAGE) {
      void vscode.extensions.getExtension('vscode.json-language-features')?.activate();
    }
  };
  vscode.workspace.textDocuments.forEach(wake);
  return vscode.workspace.onDidOpenTextDocument(wake);
}
