import * as vscode from 'vscode';
import { CancelledError, messageOf, type Breakpoints, type RunningPlace } from '../../engine';
import type { SessionAction, SessionState } from '../../webview/protocol';
import type { SessionMovement } from '../worker/sessions/sessionRequests';
import type { NetworkSession, SessionOptions } from './networkSession';
import { startProcess, type SessionProcess } from './sessionProcess';
import { movedState, startedState } from './sessionState';
import { watchSession } from './watchSession';

const NO_BREAKPOINTS: Breakpoints = { layers: [], functions: [], data: [], exceptions: [] };

/**
 * Starts a session on a network's file.
 * @param script path of the bundled sessionWorker
 * @throws what {@link startProcess} throws
 */
export async function createNetworkSession(
  script: string,
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<NetworkSession> {
  const moving = new vscode.EventEmitter<SessionAction>();
  const moved = new vscode.EventEmitter<SessionState>();
  const changed = new vscode.EventEmitter<SessionState>();
  const running = new vscode.EventEmitter<RunningPlace>();
  const closed = new vscode.EventEmitter<string | undefined>();
  let breakpoints = NO_BREAKPOINTS;
  let { batch } = options;
  let isClosed = false;
  /** The movements that are under way or wait for it. */
  let movements = 0;
  let last: Promise<unknown> = Promise.resolve();

  let watcher: vscode.Disposable | undefined;

  const begin = (next: SessionProcess): SessionProcess => {
    const { connection } = next;
    watcher?.dispose();
    watcher = watchSession(options.file, next, note => change({ ...state, stale: [...state.stale, note] }));
    connection.client.on('session/running', place => running.fire(place));
    connection.onEnd(error => {
      if (!isClosed && current === next) closed.fire(error.message);
    });
    return next;
  };
  const change = (next: SessionState): void => {
    state = next;
    changed.fire(state);
  };
  const stateOf = ({ network, started }: SessionProcess): SessionState =>
    withBreakpoints(startedState(network.name, options, started), breakpoints);

  let current = begin(await startProcess(script, options, signal));
  let state = stateOf(current);

  const stopAt = (next: SessionState): void => {
    state = next;
    moved.fire(state);
  };
  /** Starts again in another worker, so that all memory of this one is free. What cannot start leaves this one. */
  const startAgain = async (size: number | undefined): Promise<SessionState> => {
    const next = await startProcess(script, { ...options, batch: size });
    if (isClosed) {
      next.connection.stop('it was closed');
      throw new CancelledError();
    }
    batch = size;
    const before = current;
    current = begin(next);
    before.connection.stop('the session was restarted');
    await next.connection.request('session/breakpoints', breakpoints);
    return stateOf(next);
  };
  const move = async (movement: SessionMovement): Promise<SessionState> =>
    movedState(state, await current.connection.request('session/move', movement));

  const act = (action: SessionAction): Promise<SessionState> => {
    switch (action.kind) {
      case 'batch':
        return startAgain(action.size);
      case 'restart':
        return startAgain(batch);
      default:
        return move(action);
    }
  };
  const perform = async (action: SessionAction): Promise<void> => {
    try {
      stopAt(await act(action));
    } catch (error) {
      stopAt({
        ...state,
        reason: 'exception',
        text: messageOf(error),
        hits: [],
        logs: [],
        problem: undefined,
      });
      throw error;
    }
  };
  const pause = (): void => {
    if (current.connection.isAlive()) void current.connection.request('session/pause', {});
  };

  return {
    file: options.file,
    get text() {
      return current.text;
    },
    get network() {
      return current.network;
    },
    get files() {
      return current.files;
    },
    get state() {
      return state;
    },
    get isMoving() {
      return movements > 0;
    },
    onMoving: moving.event,
    onMoved: moved.event,
    onChanged: changed.event,
    onRunning: running.event,
    onClosed: closed.event,
    do(action) {
      if (movements++ > 0 && (action.kind === 'restart' || action.kind === 'batch')) pause();
      moving.fire(action);
      const done = last.then(() => perform(action)).finally(() => movements--);
      last = done.catch(() => undefined);
      return done;
    },
    pause,
    request: (name, params, requestSignal) => current.connection.request(name, params, requestSignal),
    async setBreakpoints(next) {
      breakpoints = next;
      await current.connection.request('session/breakpoints', next);
      change(withBreakpoints(state, next));
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      watcher?.dispose();
      current.connection.stop('it was closed');
      closed.fire(undefined);
      for (const emitter of [moving, moved, changed, running, closed]) emitter.dispose();
    },
  };
}

function withBreakpoints(state: SessionState, { layers }: Breakpoints): SessionState {
  return { ...state, breakpoints: layers.map(({ layer }) => layer) };
}
