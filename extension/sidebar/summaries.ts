import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { CancelledError, sizeOf } from '../../engine';
import type { FileListing } from '../worker/runs/engineRequests';
import { isArrayFileName } from '../workspace/fileTypes';
import { count, describeArray } from './treeItem';

/** Summaries that are kept. */
const KEPT = 2000;
/** Gzipped files have to be inflated before anything is known of them. */
const MAX_GZIP_BYTES = 2 ** 24;

/** What files of arrays show in the explorer and on tabs, below their path, when the pointer rests on them. */
export interface Summaries extends vscode.FileDecorationProvider {
  /** The files have other content. */
  forget(files: readonly vscode.Uri[]): void;
}

/**
 * Reads, one file after the other, the index of files on disk that VS Code shows. It asks for all that is in view and
 * not for what the pointer is on, so nothing is read of images, texts, and files elsewhere, which are read as a whole.
 */
export function createSummaries(
  list: (file: vscode.Uri, signal: AbortSignal) => Promise<FileListing>,
): Summaries {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  // In the order of use, the oldest first.
  const kept = new Map<string, { readonly version: string; readonly text: string | undefined }>();
  let last: Promise<unknown> = Promise.resolve();

  const read = async (file: vscode.Uri, token: vscode.CancellationToken): Promise<string | undefined> => {
    if (token.isCancellationRequested) return undefined;
    const { size, mtime } = await vscode.workspace.fs.stat(file);
    if (size > MAX_GZIP_BYTES && file.path.endsWith('.gz')) return undefined;
    const key = file.toString();
    const version = `${size} ${mtime}`;
    const known = kept.get(key);
    kept.delete(key);
    const text = known?.version === version ? known.text : await textOf(file, token);
    kept.set(key, { version, text });
    if (kept.size > KEPT) kept.delete([...kept.keys()][0]);
    return text;
  };
  const textOf = async (file: vscode.Uri, token: vscode.CancellationToken): Promise<string | undefined> => {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => controller.abort());
    try {
      return summaryText(await list(file, controller.signal));
    } catch (error) {
      // What is wrong with a file is said where it is opened.
      if (error instanceof CancelledError) throw error;
      return undefined;
    } finally {
      cancelling.dispose();
    }
  };

  return {
    onDidChangeFileDecorations: changed.event,
    async provideFileDecoration(file, token) {
      if (file.scheme !== 'file' || !isArrayFileName(basename(file.path))) return undefined;
      const own = last.then(() => read(file, token)).catch(() => undefined);
      last = own;
      const text = await own;
      return text === undefined ? undefined : new vscode.FileDecoration(undefined, text);
    },
    forget: files => changed.fire([...files]),
  };
}

/** `6 arrays · 434,090 values · pickle`, or `(30, 1, 5, 5) float64 · npy` of a single array. */
function summaryText({ arrays, format }: FileListing): string {
  if (arrays.length === 1) return `${describeArray(arrays[0])} · ${format}`;
  const values = arrays.reduce((sum, { dtype, shape }) => sum + (dtype ? sizeOf(shape) : 0), 0);
  return vscode.l10n.t('{0} arrays · {1} values · {2}', count(arrays.length), count(values), format);
}
