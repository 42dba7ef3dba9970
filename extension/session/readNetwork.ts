import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { FormatError, namedFiles, type Network } from '../../engine';
import { parseNetwork } from '../../engine/network/file';
import type { FileContent } from '../worker/runs/engineRequests';
import { readableBeside } from '../workspace/fileBeside';
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

/** @throws FormatError naming the first line that is wrong or a file that must not be read, vscode.FileSystemError, UnsupportedError */
export async function readNetwork(file: vscode.Uri): Promise<ReadNetwork> {
  const text = await currentText(file);
  const { network, faults } = parseNetwork(text);
  const fault = faults.find(({ severity }) => severity === 'error');
  if (fault) {
    const line = text.slice(0, fault.range.offset).split('\n').length;
    throw new FormatError(`${basename(file.path)}, line ${line}`, fault.message);
  }
  const names = [...new Set(namedFiles(network).map(({ file }) => file))];
  const uris = names.map(name => readableBeside(file, name));
  const [contents, files] = await Promise.all([
    Promise.all(uris.map(fileContent)),
    Promise.all([file, ...uris].map(asReadNow)),
  ]);
  return { network, text, files, contents: Object.fromEntries(names.map((name, i) => [name, contents[i]])) };
}

/** What an editor shows and has not saved, or else the file: of that, an editor may know an older version for a while. */
async function currentText(file: vscode.Uri): Promise<string> {
  const unsaved = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.toString() === file.toString(),
  );
  return unsaved?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
