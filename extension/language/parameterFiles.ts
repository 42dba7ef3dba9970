import * as vscode from 'vscode';
import type { ParameterInfo } from '../../engine';
import { messageOf } from '../run/messageOf';
import type { EngineClient } from '../worker/engineClient';
import { fileBeside, readableBeside } from '../workspace/fileBeside';
import { fileContent } from '../workspace/tensorFiles';
import { asReadNow, watchFiles } from '../workspace/watchFiles';

/** An array of a params file, as it is stored. */
export interface StoredParameter extends ParameterInfo {
  /** The file as the network names it. */
  readonly file: string;
}

/** The arrays of a network's params files. */
export interface ParameterFiles {
  /** Undefined where a file cannot be read. */
  readonly parameters?: readonly StoredParameter[];
  /** What files that cannot be read have to say. */
  readonly faults: readonly string[];
}

/** Reads the lists of a network's params files once, and again when they have changed. */
export interface ParameterReader {
  /** @param names of the files, as the network gives them */
  read(names: readonly string[]): Promise<ParameterFiles>;
  dispose(): void;
}

/**
 * @param network the network's file
 * @param onChange what was read is another one now
 */
export function createParameterReader(
  engine: EngineClient,
  network: vscode.Uri,
  onChange: () => void,
): ParameterReader {
  let last: { readonly key: string; readonly files: Promise<ParameterFiles> } | undefined;
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
  const readAll = async (names: readonly string[]): Promise<ParameterFiles> => {
    const uris = names.map(name => fileBeside(network, name));
    const versions = await Promise.all(uris.map(asReadNow));
    if (!isDisposed) {
      watch = watchFiles(versions, readAgain);
    }
    const parameters = new Map<string, StoredParameter>();
    const faults: string[] = [];
    for (const file of names) {
      try {
        const content = await fileContent(readableBeside(network, file));
        const { arrays } = await engine.request('file/list', { file: content });
        for (const { name, shape, dtype } of arrays) {
          // Of equal names, the first file's counts; texts are no parameters.
          if (dtype && !parameters.has(name)) parameters.set(name, { name, shape, dtype, file });
        }
      } catch (error) {
        faults.push(messageOf(error));
      }
    }
    return { parameters: faults.length === 0 ? [...parameters.values()] : undefined, faults };
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
