import * as vscode from 'vscode';

/**
 * Asks for a place and writes a file there. The bytes are made only once the place is known.
 * @param folder where the dialog begins
 * @param name proposed file name without extension
 * @returns the place, or undefined if the user thought better of it
 */
export async function saveAs(
  folder: vscode.Uri | undefined,
  name: string,
  extension: string,
  bytes: () => Promise<ArrayBuffer>,
): Promise<string | undefined> {
  const fileName = `${fileNameOf(name)}.${extension}`;
  const place = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, fileName),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!place) return undefined;
  await vscode.workspace.fs.writeFile(place, new Uint8Array(await bytes()));
  return place.scheme === 'file' ? place.fsPath : place.toString();
}

/** An array's name as a file may be called: `W1[3, 0]` as `W1_3_0`. */
function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, '_').replace(/^[_.]+|_+$/g, '') || 'array';
}
