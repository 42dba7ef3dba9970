import { FormatError } from '../../../engine';
import { areSameFiles } from '../../workspace/fileSource';
import { connectDocument, type DocumentConnection, type DocumentOptions } from './documentConnection';
import type { OpenedDocument } from './documentRequests';

/** A file that is open in a worker of its own, as it was when it was opened. */
export interface DocumentClient extends OpenedDocument {
  /**
   * Asks the worker. Where that has stopped, another one is started and opens the file again first.
   * @param onProgress told how much of a long request is done, 0 to 1
   * @throws RemoteError, CancelledError, EngineStoppedError, FormatError if the file is another one by now
   */
  readonly request: DocumentConnection['request'];
  /** Ends the worker; what is unanswered is rejected. */
  dispose(): void;
}

/**
 * Opens a file in a worker of its own, so that a reader that hangs, runs out of memory or breaks harms no other file.
 * @throws RemoteError with the reader's reason, EngineStoppedError
 */
export async function openDocumentClient(options: DocumentOptions): Promise<DocumentClient> {
  const { content, files, ...first } = await connectDocument(options);
  let connection: Promise<Pick<DocumentConnection, 'isAlive' | 'request' | 'stop'>> = Promise.resolve(first);
  let isDisposed = false;

  const reconnect = async (): Promise<DocumentConnection> => {
    const again = await connectDocument(options);
    if (isDisposed || !areSameFiles(again.files, files)) {
      again.stop('the file was closed');
      throw new FormatError(content.kind, 'the file was changed on disk while it was open; open it again');
    }
    return again;
  };
  const alive = async (): typeof connection => {
    const last = connection;
    const isAlive = await last.then(
      found => found.isAlive(),
      () => false,
    );
    // Of several requests that find the worker stopped, the first one starts another.
    if (!isAlive && !isDisposed && connection === last) connection = reconnect();
    return connection;
  };

  return {
    content,
    files,
    request: async (...asked) => (await alive()).request(...asked),
    dispose() {
      isDisposed = true;
      void connection.then(
        last => last.stop('the file was closed'),
        () => undefined,
      );
    },
  };
}
