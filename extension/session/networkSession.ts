import type { Event, Uri } from 'vscode';
import type { Breakpoints, Network, RunningPlace } from '../../engine';
import type { NetworkRequests, SessionAction, SessionState } from '../../webview/protocol';
import type { SessionReading } from '../worker/sessions/sessionRequests';
import type { ReadFile } from '../workspace/watchFiles';

/** What a session's panel and debugger ask and the session's worker answers, also while it runs. */
export type SessionQuestions = Pick<NetworkRequests, 'layer/get'> & SessionReading;

/** How a session starts. */
export interface SessionOptions {
  /** The network's file. */
  readonly file: Uri;
  /** Whether it goes back through all layers after the last. */
  readonly backward: boolean;
  /** Samples at once; what the file says, or 1, where left out. */
  readonly batch?: number;
  /** A file of reference arrays: `saved['name']` in expressions. */
  readonly saved?: Uri;
  /** Whether a debugger starts it. */
  readonly debugging?: boolean;
}

/** A network that is stepped through in a worker of its own. The panel and the debugger drive the same one. */
export interface NetworkSession {
  readonly file: Uri;
  /** The text of the network's file that the session runs, and what it says. */
  readonly text: string;
  readonly network: Network;
  /** The files that were read: the network's own and those it names. */
  readonly files: readonly ReadFile[];
  readonly state: SessionState;
  /** Whether it is on its way to somewhere. */
  readonly isMoving: boolean;
  /** Whenever it sets out. */
  readonly onMoving: Event<SessionAction>;
  /** Whenever it has stopped somewhere, whoever made it move. */
  readonly onMoved: Event<SessionState>;
  /** Whenever something of the state is another without a movement: breakpoints, notes. */
  readonly onChanged: Event<SessionState>;
  /** While it runs: the layer it has come to. */
  readonly onRunning: Event<RunningPlace>;
  /** The worker has ended; the reason where nobody had asked it to. It can be restarted then. */
  readonly onClosed: Event<string | undefined>;
  /** Resolves when it has stopped again. @throws RemoteError, CancelledError, EngineStoppedError */
  do(action: SessionAction): Promise<void>;
  pause(): void;
  /** In place of those that were set before. Kept when it is restarted. */
  setBreakpoints(breakpoints: Breakpoints): Promise<void>;
  request<K extends keyof SessionQuestions>(
    name: K,
    params: SessionQuestions[K]['params'],
    signal?: AbortSignal,
  ): Promise<SessionQuestions[K]['result']>;
  /** Ends the worker. */
  close(): void;
}

/** All sessions of the window. */
export interface NetworkSessions {
  /** @throws RemoteError with the reason, FormatError where the network's file cannot be read, EngineStoppedError */
  start(options: SessionOptions, signal?: AbortSignal): Promise<NetworkSession>;
  /** Those whose worker runs, the oldest first. */
  all(): readonly NetworkSession[];
  /** The newest that runs this file. */
  of(file: Uri): NetworkSession | undefined;
  readonly onDidStart: Event<NetworkSession>;
  /** Closes all. */
  dispose(): void;
}
