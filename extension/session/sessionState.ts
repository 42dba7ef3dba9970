import { basename } from 'node:path/posix';
import type { SessionState } from '../../webview/protocol';
import { noteText } from '../panels/noteText';
import type { Moved, StartedSession } from '../worker/sessions/sessionRequests';
import type { SessionOptions } from './networkSession';

/** Numbers of runs: no two sessions share one. */
let runs = 0;

/** The state of a session that was started just now. */
export function startedState(
  network: string,
  { file, backward, debugging = false }: SessionOptions,
  { input, batch, notes, moved }: StartedSession,
): SessionState {
  return {
    run: ++runs,
    network,
    file: basename(file.path),
    uri: file.toString(),
    input,
    batch,
    backward,
    debugging,
    breakpoints: [],
    notes: notes.map(noteText),
    stale: [],
    ...placeOf(moved),
    layers: moved.layers ?? [],
  };
}

/** The state after a movement. */
export function movedState(state: SessionState, moved: Moved): SessionState {
  const next = { ...state, ...placeOf(moved) };
  return moved.layers ? { ...next, run: ++runs, layers: moved.layers } : next;
}

function placeOf({
  stop: { position, reason, text, problem, hits, logs },
  operation,
  ran,
  ranBackward,
}: Moved): Pick<
  SessionState,
  'position' | 'reason' | 'text' | 'problem' | 'hits' | 'logs' | 'operation' | 'ran' | 'ranBackward'
> {
  return { position, reason, text, problem, hits, logs, operation, ran, ranBackward };
}
