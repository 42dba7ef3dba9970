import * as vscode from 'vscode';
import { messageOf, type NamedAt, type ParameterInfo } from '../../engine';
import type { EngineClient } from '../worker/runs/engineClient';
import type { FileListing } from '../worker/runs/engineRequests';
import { fileBeside, readableBeside } from '../workspace/fileBeside';
import { fileContent } from '../workspace/tensorFiles';
import { asReadNow, watchFiles } from '../workspace/watchFiles';

/** A file that a network names: what it holds, or why it cannot be read. */
export type NamedFile = { readonly listing: FileListing } | { readonly fault: string };

/** Files by the names that the network gives them. */
export type NamedFiles = ReadonlyMap<string, NamedFile>;

/** An array of a params file, as it is stored. */
export interface StoredParameter extends ParameterInfo {
  /** The file as the network names it. */
  readonly file: string;
}

/** The arrays of the params files among those that a network names; undefined where one of the files cannot be read. */
export function storedParameters(
  named: readonly NamedAt[],
  files: NamedFiles,
): readonly StoredParameter[] | undefined {
  const parameters = new Map<string, StoredParameter>();
  for (const { file, place } of named) {
    if (place.key !== 'params') continue;
    const found = files.get(file);
    if (!found || 'fault' in found) return undefined;
    for (const { name, shape, dtype } of found.listing.arrays) {
      // Of equal names, the first file's counts; texts are no parameters.
      if (dtype && !parameters.has(name)) parameters.set(name, { name, shape, dtype, file });
    }
  }
  return [...parameters.values()];
}

/** Reads the lists of the files that a network names once, and again when they have changed. */
export interface FilesReader {
  /** @param names of the files, as the network gives them */
  read(names: readonly string[]): Promise<NamedFiles>;
  dispose(): void;
}

/**
 * @param network the network's file
 * @param onChange what was read is another one now
 */
export function createFilesReader(
  engine: EngineClient,
  network: vscode.Uri,
  onChange: () => void,
): FilesReader {
  let last: { readonly key: string; readonly files: Promise<NamedFiles> } | undefined;
  let watch: vscode.Disposable | undefined;
  let isDisposed = false;

  const forget = (): void => {
    watch?.dispose();
    watch = undefined;
    last = undefined;
  };
  const readAgain = (): void => {
    forget();
    onChange();
  };
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(readAgain);
  const list = async (name: string): Promise<NamedFile> => {
    try {
      const file = await fileContent(readableBeside(network, name));
      return { listing: await engine.request('file/list', { file }) };
    } catch (error) {
      return { fault: messageOf(error) };
    }
  };
  const readAll = async (names: readonly string[]): Promise<NamedFiles> => {
    const uris = names.map(name => fileBeside(network, name));
    const versions = await Promise.all(uris.map(asReadNow));
    if (!isDisposed) {
      watch = watchFiles(versions, readAgain);
    }
    const files = await Promise.all(names.map(list));
    return new Map(names.map((name, i) => [name, files[i]]));
  };

  return {
    read(names) {
      const key = JSON.stringify(names);
      if (last?.key !== key) {
        forget();
        last = { key, files: readAll(names) };
      }
      return last.files;
    },
    dispose() {
      isDisposed = true;
      trust.dispose();
      forget();
    },
  };
}
