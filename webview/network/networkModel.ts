import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { messageOf, type Position, type RunningPlace } from '../../engine';
import type { NetworkState, SessionAction, SessionMove, ShownSession } from '../protocol';
import { answerOf, type Answer } from '../model/answer';
import { createViewSettings, keptSettings, type KeptSettings } from '../model/viewSettings';
import { saveChanges, type StateStore } from '../stateStore';
import type { NetworkClient } from './layerClient';
import { createLayerModel, startOf, type LayerModel, type LayerStart } from './layerModel';
import { shownLayer } from './positions';

/** What the webview of a network keeps across reloads. */
export interface SavedNetwork extends NetworkState, KeptSettings {
  readonly split: Split;
}

/** Part of the page that the list of layers takes: beside the pictures, and above them where the page is narrow. */
export interface Split {
  readonly beside: number;
  readonly above: number;
}

/** What the page shows. */
export type NetworkPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'shown' };

/** A network that is stepped through: where the session stands, and what of the layer there is on show. */
export interface NetworkModel {
  readonly phase: ReadonlySignal<NetworkPhase>;
  readonly state: ReadonlySignal<ShownSession | undefined>;
  /** The layer that a movement has come to; undefined while nothing moves. */
  readonly running: ReadonlySignal<RunningPlace | undefined>;
  /** Why the last movement could not be made. */
  readonly refusal: ReadonlySignal<string | undefined>;
  /** Why the session's worker has ended. */
  readonly stopped: ReadonlySignal<string | undefined>;
  /** The layer on show; the one before until its own arrives. */
  readonly layer: ReadonlySignal<Answer<LayerModel>>;
  readonly split: Signal<Split>;
  act: (action: SessionAction) => Promise<void>;
  goTo: (position: Position) => Promise<void>;
  /** One level down: into the chosen cell, where the operation makes it. */
  stepInto: () => Promise<void>;
  pause: () => void;
  /** Applies a fix of the problem to the file. @param fix position in the problem's fixes */
  fix: (fix: number) => Promise<void>;
  /** Shows a layer in the network's file. */
  reveal: (layer: number) => void;
  /** Asks for the session anew, after a failure. */
  load: () => Promise<void>;
}

const FIRST_SPLIT: Split = { beside: 0.26, above: 0.24 };

/** Asks for the session and keeps the page in step with it. */
export function createNetworkModel(client: NetworkClient, store: StateStore<SavedNetwork>): NetworkModel {
  const settings = createViewSettings(store.saved);
  const phase = signal<NetworkPhase>({ kind: 'loading' });
  const state = signal<ShownSession>();
  const running = signal<RunningPlace>();
  const refusal = signal<string>();
  const stopped = signal<string>();
  const layer = signal<Answer<LayerModel>>({});
  const split = signal<Split>(store.saved?.split ?? FIRST_SPLIT);
  /** What was chosen in layers that are not on show any more. */
  const starts = new Map<string, LayerStart>();

  const show = (next: ShownSession): void => {
    if (state.peek()?.run !== next.run) stopped.value = undefined;
    running.value = undefined;
    state.value = next;
    phase.value = { kind: 'shown' };
  };
  const moved = (move: SessionMove): void => {
    const layers = move.layers ?? state.peek()?.layers;
    if (layers) show({ ...move, layers });
  };

  client.on('session/moved', moved);
  client.on('session/running', place => (running.value = place));
  client.on('session/stopped', ({ reason }) => {
    stopped.value = reason;
    running.value = undefined;
  });

  // A layer's arrays are others when the run is, or another layer is on show.
  const wanted = computed(() => {
    const now = state.value;
    return now && `${now.run} ${shownLayer(now)}`;
  });
  effect(() => {
    if (wanted.value === undefined) return;
    const now = state.peek()!;
    const index = shownLayer(now);
    const controller = new AbortController();
    void answerOf(client.request('layer/get', { layer: index }, controller.signal)).then(answer => {
      if (controller.signal.aborted) return;
      const before = layer.peek().value;
      if (before) {
        starts.set(before.name, startOf(before));
        before.dispose();
      }
      const summary = now.layers.at(index);
      const name = index < 0 ? undefined : summary?.name;
      layer.value = answer.value
        ? { value: createLayerModel({ client, settings, state, index, name, trace: answer.value, starts }) }
        : { error: answer.error };
    });
    return () => controller.abort();
  });

  saveChanges(store, () => {
    const now = state.value;
    return (
      now && {
        uri: now.uri,
        position: now.position,
        backward: now.backward,
        batch: now.batch,
        split: split.value,
        ...keptSettings(settings),
      }
    );
  });

  /** Does what cannot be done without the host; says why where it is refused. */
  const ask = async (work: () => Promise<void>): Promise<void> => {
    refusal.value = undefined;
    try {
      await work();
    } catch (error) {
      refusal.value = messageOf(error);
      running.value = undefined;
    }
  };
  const act = (action: SessionAction): Promise<void> => ask(() => client.request('session/do', { action }));

  return {
    phase,
    state,
    running,
    refusal,
    stopped,
    layer,
    split,
    act,
    goTo: position => act({ kind: 'goTo', position }),
    stepInto: () => act(intoAction(layer.peek().value)),
    pause: () => void ask(() => client.request('session/pause', {})),
    fix: fix => ask(() => client.request('problem/fix', { fix })),
    reveal: at => void ask(() => client.request('layer/reveal', { layer: at })),
    async load() {
      phase.value = { kind: 'loading' };
      const { value, error } = await answerOf(client.request('session/get', {}));
      if (value) show(value);
      else phase.value = { kind: 'failed', reason: error ?? '' };
    },
  };
}

/** Into the cell that is explained, where the operation that the session stands on makes it; else as the session does. */
function intoAction(layer: LayerModel | undefined): SessionAction {
  const position = layer?.position.peek();
  const cell = layer?.explained.peek();
  const step = layer?.run.steps[layer.cursor.peek() ?? -1];
  return position && !position.cell && cell && step?.outputs.includes(cell.array)
    ? { kind: 'goTo', position: { ...position, cell: { ...cell, term: 1 } } }
    : { kind: 'step', step: 'into' };
}
