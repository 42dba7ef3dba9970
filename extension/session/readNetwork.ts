import { basename, isAbsolute } from 'node:path/posix';
import * as vscode from 'vscode';
import { FormatError, type Network } from '../../engine';
import { parseNetwork } from '../../engine/network/file';
import type { FileContent } from '../worker/engineRequests';
import { fileContent } from '../workspace/tensorFiles';
import { asReadNow, type ReadFile } from '../workspace/watchFiles';

/** A network's file, read, with what the files are that it names. */
export interface ReadNetwork {
  readonly network: Network;
  /** What was read: what an editor shows, saved or not. */
  readonly text: string;
  /** For each file as the network names it, its content. */
  readonly contents: Readonly<Record<string, FileContent>>;
  /** The network's own file and those that it names. */
  readonly files: readonly ReadFile[];
}

/** @throws FormatError naming the first line that is wrong, vscode.FileSystemError, UnsupportedError */
export async function readNetwork(file: vscode.Uri): Promise<ReadNetwork> {
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const { network, faults } = parseNetwork(text);
  const fault = faults.find(({ severity }) => severity === 'error');
  if (fault) {
    const { line } = document.positionAt(fault.range.offset);
    throw new FormatError(`${basename(file.path)}, line ${line + 1}`, fault.message);
  }
  const names = namedFiles(network);
  const uris = names.map(name => beside(file, name));
  const [contents, files] = await Promise.all([
    Promise.all(uris.map(fileContent)),
    Promise.all([file, ...uris].map(asReadNow)),
  ]);
  return { network, text, files, contents: Object.fromEntries(names.map((name, i) => [name, contents[i]])) };
}

/** The files that a network names, each once. */
function namedFiles({ params, input, layers }: Network): string[] {
  const targets = layers.flatMap(({ target }) => (target && 'file' in target ? [target.file] : []));
  return [...new Set([...params, ...(input.tensor ? [input.tensor.file] : []), ...targets])];
}

/** A path as a network's file gives it: relative to that file. */
function beside(file: vscode.Uri, path: string): vscode.Uri {
  return isAbsolute(path) ? file.with({ path }) : vscode.Uri.joinPath(file, '..', path);
}
