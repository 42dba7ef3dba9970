import * as vscode from 'vscode';

/**
 * Asks for a place and writes a file there. The bytes are made only once the place is known.
 * @param name proposed file name without extension
 * @returns the place, or undefined if the user thought better of it
 */
export async function saveAs(
  name: string,
  extension: 'npy' | 'png',
  bytes: () => Promise<ArrayBuffer>,
): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name.replace(/[^\w.-]+/g, '_')}.${extension}`;
  const place = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, fileName),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!place) return undefined;
  await vscode.workspace.fs.writeFile(place, new Uint8Array(await bytes()));
  return place.scheme === 'file' ? place.fsPath : place.toString();
}
