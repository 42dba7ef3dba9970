import { dirname, relative } from 'node:path/posix';
import type * as vscode from 'vscode';
import { messageOf } from '../../engine';
import { fileContent, findTensorFiles, nameOfFile } from '../workspace/tensorFiles';
import type { EngineClient } from '../worker/runs/engineClient';
import type { FileIndex } from '../worker/runs/engineRequests';

/** A file that may hold arrays: what it holds, or why it cannot be read. */
export interface CatalogFile {
  readonly uri: vscode.Uri;
  /** How a request names the file. */
  readonly name: string;
  readonly content: FileIndex | { readonly error: string };
}

/** The workspace's files of arrays, indexed once for all questions of one quick pick. */
export interface Catalog {
  /**
   * Calls `show` with the files known so far, whenever there are more, until all are known.
   * @param near the name of a file; those in its folder come first, then those in folders around it. Without it those in
   *   the workspace's own folder do
   */
  list(show: (files: readonly CatalogFile[]) => void, signal: AbortSignal, near?: string): Promise<void>;
  /** A file from anywhere, which is listed first from then on. */
  add(uri: vscode.Uri): Promise<CatalogFile>;
}

/** Files indexed at the same time. */
const PARALLEL = 4;
/** Milliseconds between two parts of a list that the user may be reading; most workspaces are known before the first. */
const UPDATE_MS = 400;

export function createCatalog(engine: EngineClient): Catalog {
  const known = new Map<string, CatalogFile>();
  const preferred = new Set<CatalogFile>();
  let complete: Promise<void> | undefined;

  const index = async (uri: vscode.Uri): Promise<CatalogFile> => {
    const present = known.get(uri.toString());
    if (present) return present;
    const file = { uri, name: nameOfFile(uri), content: await indexOf(engine, uri) };
    known.set(uri.toString(), file);
    return file;
  };
  const indexAll = async (): Promise<void> => {
    const queue = (await findTensorFiles()).values();
    const work = async (): Promise<void> => {
      for (const uri of queue) await index(uri);
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
  };

  const sorted = (near: string): CatalogFile[] =>
    [...known.values()].sort(
      (a, b) =>
        Number(preferred.has(b)) - Number(preferred.has(a)) ||
        foldersBetween(near, a.name) - foldersBetween(near, b.name) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );

  return {
    async add(uri) {
      const file = await index(uri);
      preferred.add(file);
      return file;
    },
    async list(show, signal, near = '') {
      const showSorted = (): void => {
        if (!signal.aborted) show(sorted(near));
      };
      complete ??= indexAll();
      const timer = setInterval(showSorted, UPDATE_MS);
      try {
        await complete;
      } finally {
        clearInterval(timer);
      }
      showSorted();
    },
  };
}

async function indexOf(engine: EngineClient, uri: vscode.Uri): Promise<CatalogFile['content']> {
  try {
    return await engine.request('file/index', { file: await fileContent(uri) });
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Folders to leave and to enter on the way from one file to another: 0 in the same folder. */
export function foldersBetween(from: string, to: string): number {
  return relative(dirname(from), dirname(to)).split('/').filter(Boolean).length;
}
