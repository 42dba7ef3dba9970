import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { watchFiles } from '../workspace/watchFiles';
import type { ReadNetwork } from './readNetwork';

/** Tells, as a sentence, of each file of a session that is another one now than the session read. */
export function watchSession(
  file: vscode.Uri,
  { text, files }: ReadNetwork,
  onChange: (note: string) => void,
): vscode.Disposable {
  const { t } = vscode.l10n;
  const told = new Set<string>();
  const tell = (uri: vscode.Uri, note: string): void => {
    if (told.has(uri.toString())) return;
    told.add(uri.toString());
    onChange(note);
  };
  const [, ...others] = files;
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== file.toString() || document.getText() === text) return;
      tell(
        file,
        t(
          '{0} was edited; the session runs it as it was. Restart it to run the new text.',
          basename(file.path),
        ),
      );
    }),
    watchFiles(others, uri =>
      tell(
        uri,
        t(
          '{0} was changed; what the session has not read of it is lost. Restart it to read the file anew.',
          basename(uri.path),
        ),
      ),
    ),
  );
}
