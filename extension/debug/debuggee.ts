import * as vscode from 'vscode';
import type { FrameLevel, LogLine } from '../../engine';
import type { SessionAction } from '../../webview/protocol';
import type { NetworkSession, NetworkSessions } from '../session/networkSession';
import { resolveFile } from '../workspace/tensorFiles';
import type { LaunchArguments } from './dapMessages';
import type { SendEvent } from './dapServer';
import { depthOf, FRAMES, THREAD } from './frames';
import { showProgress } from './progress';
import { createSourceLines, type Counting, type SourceLines } from './sourceLines';
import { stoppedBody } from './stopped';

/** What is debugged: a session, and where its layers stand in the client's source. */
export interface Debuggee {
  /** @throws Error where nothing was launched */
  readonly session: NetworkSession;
  readonly lines: SourceLines;
  /** How the client counts lines and columns. */
  counting: Counting;
  /** Calls `handler` when the session runs another text of the file: it was restarted. */
  onNewText(handler: () => void): void;
  launch(args: LaunchArguments, signal: AbortSignal): Promise<void>;
  /** Says where the session stands. */
  tellStop(): void;
  /** Moves the session; that it has stopped, and why, is told by an event. */
  move(action: SessionAction): void;
  /** The frame of a number; the innermost where none is given. */
  level(frameId: number | undefined): FrameLevel;
  /** Ends the session. */
  close(): void;
}

/** What a log point says, and which way the session came past it where that is not onward. */
function logText({ text, direction, reversed }: LogLine): string {
  const { t } = vscode.l10n;
  if (direction === 'forward') return reversed ? t('{0}  (in reverse)', text) : text;
  return reversed ? t('{0}  (on the way back, in reverse)', text) : t('{0}  (on the way back)', text);
}

export function createDebuggee(sessions: NetworkSessions, send: SendEvent): Debuggee {
  let running: NetworkSession | undefined;
  let lines: SourceLines | undefined;
  let counting: Counting = { firstLine: 1, firstColumn: 1 };
  let isRead = '';
  let isClosed = false;
  let following: vscode.Disposable | undefined;
  const newText = new vscode.EventEmitter<void>();

  const session = (): NetworkSession => {
    if (!running) throw new Error('no network has been launched');
    return running;
  };
  const currentLines = (): SourceLines => {
    const { file, text } = session();
    if (!lines || text !== isRead) lines = createSourceLines(file, text, counting);
    isRead = text;
    return lines;
  };
  const stopped = (): void => {
    const before = lines;
    // Of the text that the session runs now: a restart reads the file anew.
    if (currentLines() !== before) newText.fire();
    tellStop();
  };
  const tellStop = (): void => {
    const { state } = session();
    for (const log of state.logs) {
      const { source, placeOf } = currentLines();
      const { line, column } = placeOf(log.layer);
      send('output', { category: 'console', output: `${logText(log)}\n`, source, line, column });
    }
    send('stopped', stoppedBody(state));
  };
  const follow = (started: NetworkSession): vscode.Disposable => {
    const progress = showProgress(started, send);
    return vscode.Disposable.from(
      progress,
      // The client knows of its own requests, but not of a panel's buttons.
      started.onMoving(() => send('continued', { threadId: THREAD, allThreadsContinued: true })),
      started.onMoved(stopped),
      started.onClosed(reason => {
        if (reason !== undefined) send('output', { category: 'stderr', output: `${reason}\n` });
        send('terminated', {});
      }),
    );
  };

  return {
    get session() {
      return session();
    },
    get lines() {
      return currentLines();
    },
    get counting() {
      return counting;
    },
    set counting(next) {
      counting = next;
    },
    onNewText: handler => void newText.event(handler),
    async launch({ network, backward = false, batch, saved }, signal) {
      const file = await resolveFile(network);
      running = await sessions.start(
        {
          file,
          backward,
          batch,
          saved: saved === undefined ? undefined : await resolveFile(saved),
          debugging: true,
        },
        signal,
      );
      following = follow(running);
      if (isClosed) running.close();
    },
    tellStop,
    move(action) {
      // What went wrong is in the state, too, and told as the reason why it has stopped.
      session()
        .do(action)
        .catch(() => undefined);
    },
    level: frameId => FRAMES[(frameId ?? depthOf(session().state)) - 1],
    close() {
      isClosed = true;
      running?.close();
      following?.dispose();
    },
  };
}
