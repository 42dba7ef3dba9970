import {
  createSession,
  startNetwork,
  type ArraySource,
  type NetworkRun,
  type RunningPlace,
  type Session,
  type Stop,
} from '../../../engine';
import { layerSummaries } from './layerSummaries';
import { createOpenFile } from '../files/openFiles';
import { openOperands } from './sessionOperands';
import type { Moved, SessionMovement, StartedSession, StartParams } from './sessionRequests';

/** A session, moved by one request after the other. */
export interface RunningSession {
  readonly session: Session;
  readonly started: StartedSession;
  /** Resolves where it has stopped again, also when it was paused. @throws ExpressionError, IndexError, LayerMisfit */
  move(movement: SessionMovement): Promise<Moved>;
  /** Stops the movement that is under way. */
  pause(): void;
}

/**
 * Opens what a network names and starts a session on it.
 * @param onRunning told each layer that a movement comes to
 * @throws FormatError, UnsupportedError, ShapeError, CancelledError
 */
export async function startSession(
  params: StartParams,
  onRunning: (place: RunningPlace) => void,
  signal: AbortSignal,
): Promise<RunningSession> {
  const openFile = createOpenFile();
  const { network, options, inputFrom, notes } = await openOperands(params, openFile, signal);
  const saved = params.saved && (await openFile(params.saved, signal));
  const session = createSession(startNetwork(network, { ...options, budget: params.budget }), {
    backward: params.backward,
    saved: saved && new Map(saved.tensors.map((entry): [string, ArraySource] => [entry.name, entry])),
    onRunning: ({ layer, direction }) => onRunning({ layer, direction }),
  });
  let told: NetworkRun | undefined;
  let movement = new AbortController();

  /** Where it stands; with the layers where they are others than those that were told last. */
  const moved = (): Moved => {
    const { networkRun, stop, reached } = session;
    const layers = networkRun === told ? undefined : layerSummaries(networkRun, options.parameters);
    told = networkRun;
    const count = networkRun.network.layers.length;
    const isBack = reached.direction === 'backward';
    return {
      stop,
      layers,
      operation: session.operation(stop.position),
      ran: isBack ? count : Math.min(reached.layer + 1, networkRun.runnable),
      ranBackward: isBack ? Math.min(count - reached.layer, count) : 0,
    };
  };
  const perform = (asked: SessionMovement): Promise<Stop> => {
    switch (asked.kind) {
      case 'step':
        return session.step(asked.step, movement.signal);
      case 'run':
        return session.run(asked.direction, movement.signal);
      case 'goTo':
        return session.goTo(asked.position, movement.signal);
      case 'attribute':
        return session.setAttribute(asked.layer, asked.name, asked.expression, movement.signal);
    }
  };

  return {
    session,
    started: {
      input: { shape: [options.batch, ...network.input.shape.slice(1)], from: inputFrom },
      batch: options.batch,
      notes,
      moved: moved(),
    },
    async move(asked) {
      movement = new AbortController();
      await perform(asked);
      return moved();
    },
    pause: () => movement.abort(),
  };
}
