import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { CancelledError, messageOf, type RawLayout } from '../../engine';
import {
  unpackSummary,
  type FileArray,
  type OpeningResult,
  type PackedSummary,
  type TensorFileEvents,
  type TensorFileRequests,
} from '../../webview/protocol';
import { openDocumentClient, type DocumentClient } from '../worker/documents/documentClient';
import { areSameFiles } from '../workspace/fileSource';
import { fileContent } from '../workspace/tensorFiles';
import { asReadNow, watchFiles, type FileChange, type ReadFile } from '../workspace/watchFiles';
import { changedArrays, type Digests } from './changedArrays';
import type { RawLayouts } from './rawLayouts';

/** Milliseconds after opening in which the worker belongs to what the user looks at first. */
const CALM_MS = 1000;

/** Files of one document that are looked at for changes, each once a second; models have rarely as many. */
const MOST_WATCHED = 100;

/** A file of arrays that is open in one or more editors. */
export interface TensorDocument extends vscode.CustomDocument {
  /** Reads the file if it is not read yet. @throws Error with the reason why it cannot be read */
  open(): Promise<OpeningResult>;
  /** Brings the pixels of an image that only the browser decodes. */
  setPixels(pixels: TensorFileRequests['file/pixels']['params']): Promise<PackedSummary>;
  /** Says how to read bytes that say nothing of themselves. @throws Error if they cannot be read like that */
  setLayout(layout: RawLayout): Promise<PackedSummary>;
  /** Asks about the arrays of the file as it was last read. */
  readonly request: DocumentClient['request'];
  readonly onReplaced: vscode.Event<TensorFileEvents['file/replaced']>;
  readonly onLost: vscode.Event<TensorFileEvents['file/lost']>;
  /** The file changed and has a question again: who shows it is to open it again. */
  readonly onReopen: vscode.Event<void>;
}

/** The file as it was read once. */
interface Reading {
  readonly client: DocumentClient;
  readonly summary?: PackedSummary;
  digests?: Promise<Digests>;
}

/** @param script path of the bundled documentWorker */
export function createTensorDocument(uri: vscode.Uri, script: string, layouts: RawLayouts): TensorDocument {
  const name = basename(uri.path);
  const replaced = new vscode.EventEmitter<TensorFileEvents['file/replaced']>();
  const lost = new vscode.EventEmitter<TensorFileEvents['file/lost']>();
  const reopen = new vscode.EventEmitter<void>();
  let raw: RawLayout | undefined;
  let reading: Promise<Reading> | undefined;
  /** The file as it is now, until its question is answered; `reading` stays on show meanwhile. */
  let asking: Reading | undefined;
  /** By path: the file, and others that it led to. */
  const watchers = new Map<string, vscode.Disposable>();
  let rereading = Promise.resolve();
  let isDisposed = false;
  /** Somebody was told that the file cannot be read, and nothing since. */
  let wasRefused = false;

  const read = async (layout: RawLayout | undefined): Promise<Reading> => {
    const client = await openDocumentClient({ script, content: () => fileContent(uri), raw: layout });
    if (isDisposed) {
      client.dispose();
      throw new CancelledError();
    }
    const { content, files } = client;
    for (const { path, version } of files.slice(1, MOST_WATCHED))
      watchOne({ uri: vscode.Uri.file(path), version }, () => 'changed');
    return { client, summary: content.kind === 'arrays' ? content.summary : undefined };
  };
  const current = async (): Promise<Reading> => {
    await watch();
    reading ??= read(raw);
    const own = reading;
    try {
      return await own;
    } catch (error) {
      if (reading === own) reading = undefined; // asked again, it tries again
      wasRefused = true;
      throw error;
    }
  };
  const stopAsking = (): void => {
    asking?.client.dispose();
    asking = undefined;
  };
  const release = (): void => {
    void reading?.then(({ client }) => client.dispose()).catch(() => undefined);
  };
  const take = (next: Reading): void => {
    release();
    reading = Promise.resolve(next);
    if (isDisposed) release(); // it was closed while the next version was being compared
  };
  const watchOne = (file: ReadFile, meaning: (change: FileChange) => FileChange): void => {
    const key = file.uri.toString();
    if (isDisposed || watchers.has(key)) return;
    const onChange = (_uri: vscode.Uri, change: FileChange): void => {
      rereading = rereading.then(() => reread(meaning(change))).catch((error: unknown) => tellLost(error));
    };
    watchers.set(key, watchFiles([file], onChange));
  };
  const watch = async (): Promise<void> => {
    if (watchers.size === 0) watchOne(await asReadNow(uri), change => change);
  };
  const tellLost = (error: unknown): void => {
    wasRefused = true;
    if (!isDisposed) lost.fire({ reason: messageOf(error) });
  };

  /** Puts the file as it is now in the place of what was read before; where it cannot be read, that stays. */
  const reread = async (change: FileChange): Promise<void> => {
    if (change === 'deleted') throw new Error(vscode.l10n.t('{0} was deleted or moved.', name));
    const before = await reading?.catch(() => undefined);
    const next = await read(raw);
    if (isSame(before, next) && !wasRefused && !asking) {
      next.client.dispose();
      return;
    }
    stopAsking();
    if (next.summary) return replace(next, next.summary);
    asking = next;
    reopen.fire();
  };
  /** Puts a reading in the place of the last one, and tells what is other now. */
  const replace = async (next: Reading, summary: PackedSummary): Promise<void> => {
    wasRefused = false;
    const before = await reading?.catch(() => undefined);
    const [old, digests] = await Promise.all([before?.digests, digest(next)]);
    take(next);
    const changed = changedArrays(
      { arrays: arraysOf(before?.summary), digests: old ?? [] },
      { arrays: arraysOf(summary), digests },
    );
    const isCompared = isSame(before, next) || (old ?? []).some(digest => digest !== undefined);
    replaced.fire({ summary, changed, isCompared });
  };

  // Whoever opens it is about to ask: while the page is made, the worker starts and reads.
  void current().catch(() => undefined);

  return {
    uri,
    async open() {
      const opened = asking ?? (await current());
      const { summary, client } = opened;
      if (summary) {
        digestSoon(opened);
        return { kind: 'arrays', summary };
      }
      const { content } = client;
      return content.kind === 'raw' ? { ...content, file: name, remembered: layouts.get(uri) } : content;
    },
    async setPixels(pixels) {
      const asked = asking;
      const { client } = asked ?? (await current());
      const summary = await client.request('document/pixels', pixels);
      const next = { client, summary };
      if (asked) {
        asking = undefined;
        await replace(next, summary);
      } else {
        reading = Promise.resolve(next);
        digestSoon(next);
      }
      return summary;
    },
    async setLayout(layout) {
      const next = await read(layout);
      if (!next.summary) throw new Error('a file read with a layout has arrays');
      raw = layout;
      layouts.set(uri, layout);
      stopAsking();
      take(next);
      digestSoon(next);
      return next.summary;
    },
    request: async (...asked) => (await current()).client.request(...asked),
    onReplaced: replaced.event,
    onLost: lost.event,
    onReopen: reopen.event,
    dispose() {
      isDisposed = true;
      for (const watcher of watchers.values()) watcher.dispose();
      stopAsking();
      release();
      replaced.dispose();
      lost.dispose();
      reopen.dispose();
    },
  };
}

/** Whether what was read is what was read before; of bytes that are not on disk nobody knows. */
function isSame(before: Reading | undefined, { client }: Reading): boolean {
  const files = before?.client.files ?? [];
  return files.length > 0 && areSameFiles(files, client.files);
}

function arraysOf(summary: PackedSummary | undefined): readonly FileArray[] {
  return summary ? unpackSummary(summary).arrays : [];
}

function digestSoon(reading: Reading): void {
  setTimeout(() => void digest(reading), CALM_MS).unref();
}

/** Takes the digests by which a later version is compared, while the file is still as it was. */
function digest(reading: Reading): Promise<Digests> {
  return (reading.digests ??= reading.client.request('document/fingerprints', {}).catch(() => []));
}
