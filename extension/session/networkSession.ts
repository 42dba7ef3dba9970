import type { Event, Uri } from 'vscode';
import type { NetworkRequests, SessionAction, SessionState } from '../../webview/protocol';
import type { ReadFile } from '../workspace/watchFiles';

/** What a session's panel asks and the session's worker answers. */
export type SessionQuestions = Pick<
  NetworkRequests,
  'array/read' | 'array/reduce' | 'array/stats' | 'cell/explain' | 'layer/get'
>;

/** How a session starts. */
export interface SessionOptions {
  /** The network's file. */
  readonly file: Uri;
  /** Whether it goes back through all layers after the last. */
  readonly backward: boolean;
  /** Samples at once; what the file says, or 1, where left out. */
  readonly batch?: number;
}

/** A network that is stepped through in a worker of its own. The panel and the debugger drive the same one. */
export interface NetworkSession {
  readonly file: Uri;
  /** The files that were read: the network's own and those it names. */
  readonly files: readonly ReadFile[];
  readonly state: SessionState;
  /** Whenever it has stopped somewhere, whoever made it move. */
  readonly onMoved: Event<SessionState>;
  /** While it runs: the layer it has come to. */
  readonly onRunning: Event<number>;
  /** The worker has ended; the reason where nobody had asked it to. */
  readonly onClosed: Event<string | undefined>;
  /** Resolves when it has stopped again. @throws RemoteError, CancelledError, EngineStoppedError */
  do(action: SessionAction, signal?: AbortSignal): Promise<void>;
  pause(): void;
  request<K extends keyof SessionQuestions>(
    name: K,
    params: SessionQuestions[K]['params'],
    signal?: AbortSignal,
  ): Promise<SessionQuestions[K]['result']>;
  /** Ends the worker. */
  close(): void;
}
