import type { RawLayout } from '../../../engine';
import { RemoteError } from '../../../webview/protocol';
import { connect } from '../channel/connection';
import type { DocumentEvents, DocumentRequests, OpenedDocument } from './documentRequests';
import type { FileContent } from '../runs/engineRequests';

/** Memory for a worker's objects; numbers lie outside of it, in array buffers. */
const MAX_HEAP_MB = 2048;

/** Milliseconds without a sign of life after which a worker that was asked something is stopped. */
const PATIENCE_MS = 30_000;
/** Looks at the clock in that time. A computer that sleeps takes none, so waking it up stops no worker. */
const LOOKS = 30;

export interface DocumentOptions {
  /** Path of the bundled documentWorker. */
  readonly script: string;
  /** The file, read anew whenever a worker starts. */
  readonly content: () => Promise<FileContent>;
  /** How to read bytes that say nothing of themselves. */
  readonly raw?: RawLayout;
  readonly patienceMs?: number;
  readonly maxHeapMb?: number;
}

/** A worker in which one file is open. */
export interface DocumentConnection extends OpenedDocument {
  isAlive(): boolean;
  request<K extends keyof DocumentRequests>(
    name: K,
    params: DocumentRequests[K]['params'],
    signal?: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<DocumentRequests[K]['result']>;
  stop(cause: string): void;
}

/**
 * Starts a worker and opens the file in it.
 * @throws RemoteError with the reader's reason, EngineStoppedError, and what `content` throws
 */
export async function connectDocument(options: DocumentOptions): Promise<DocumentConnection> {
  const { script, content, raw, patienceMs = PATIENCE_MS, maxHeapMb = MAX_HEAP_MB } = options;
  const file = await content();
  const connection = connect<DocumentRequests, DocumentEvents>({
    script,
    name: 'CNN Tensor Inspector file',
    remedy: 'The next look at this file starts it again.',
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  const listeners = new Map<number, (fraction: number) => void>();
  let nextProgress = 1;
  let unanswered = 0;
  let silentLooks = 0;

  connection.client.on('array/progress', ({ progress, fraction }) => listeners.get(progress)?.(fraction));
  connection.onMessage(() => (silentLooks = 0));
  const watchdog = setInterval(() => {
    if (!connection.isAlive()) clearInterval(watchdog);
    else if (unanswered > 0 && ++silentLooks > LOOKS) {
      connection.stop(`no progress for ${Math.round(patienceMs / 1000)} s`);
    }
  }, patienceMs / LOOKS);
  watchdog.unref();

  const request: DocumentConnection['request'] = async (name, params, signal, onProgress) => {
    const progress = nextProgress++;
    if (onProgress) listeners.set(progress, onProgress);
    if (unanswered++ === 0) silentLooks = 0;
    try {
      return await connection.request(name, onProgress ? { ...params, progress } : params, signal);
    } catch (error) {
      // A fault of ours, or of a library: after a WebAssembly trap nothing that the worker says can be relied on.
      if (error instanceof RemoteError && error.code === 'internal') connection.stop(error.message);
      throw error;
    } finally {
      listeners.delete(progress);
      unanswered--;
    }
  };

  try {
    const opened = await request('document/open', { file, raw });
    // Decoded pixels came from the webview: another worker could not have them again.
    if (opened.content.kind === 'image') connection.use();
    return { ...opened, request, isAlive: connection.isAlive, stop: connection.stop };
  } catch (error) {
    connection.stop('the file could not be opened');
    throw error;
  }
}
