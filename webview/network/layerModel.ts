import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { INPUT, type Position } from '../../engine';
import type { TraceSummary, SessionState } from '../protocol';
import type { CellReference } from '../model/cell';
import type { Positions } from '../model/positions';
import { createRunModel, type RunModel } from '../model/runModel';
import type { ViewSettings } from '../model/viewSettings';
import { layerClient, type NetworkClient } from './layerClient';
import { stepOf } from './positions';
import { showingAt } from './showing';

/** A layer of the network on show. */
export interface LayerModel extends RunModel {
  /** Position in the network's layers; −1 is the input. */
  readonly index: number;
  readonly name: string;
  /** Where in the layer the session stands; undefined where it stands on a layer that takes this one's output. */
  readonly position: ReadonlySignal<Position | undefined>;
  /** Position in `run.steps` of the step on show; undefined while the layer is shown as a whole. */
  readonly cursor: ReadonlySignal<number | undefined>;
}

/** What was chosen in a layer. */
export interface LayerStart {
  readonly positions: Positions;
  readonly pinned?: CellReference;
}

export function startOf({ positions, pinned, selected }: LayerModel): LayerStart {
  return { positions: positions.peek(), pinned: pinned.peek() ? selected.peek() : undefined };
}

export interface LayerModelOptions {
  readonly client: NetworkClient;
  readonly settings: ViewSettings;
  /** Where the session stands. */
  readonly state: ReadonlySignal<SessionState | undefined>;
  readonly index: number;
  /** Left out for the input. */
  readonly name: string | undefined;
  readonly trace: TraceSummary;
  /** What was chosen before, by layer. */
  readonly starts: ReadonlyMap<string, LayerStart>;
}

export function createLayerModel(options: LayerModelOptions): LayerModel {
  const { client, settings, state, index, name = INPUT, trace, starts } = options;
  // While the session is on its way to another layer, this one stays as it was.
  const position = signal<Position>();
  const stopFollowing = effect(() => {
    const now = state.value?.position;
    if (now?.layer === index) position.value = now;
  });
  const showing = computed(() => showingAt(trace, name, position.value));
  const model = createRunModel(trace, layerClient(client, name), settings, showing, starts.get(name) ?? {});
  let holds = false;
  const stopHolding = effect(() => {
    const cell = position.value?.cell;
    if (holds || cell) model.unpin();
    if (cell) model.pin({ array: cell.array, index: cell.index });
    holds = cell !== undefined;
  });
  const direction = computed(() => position.value?.direction);
  const stopTurning = effect(() => {
    // On the way back a cell's gradient is what is worth explaining.
    if (direction.value !== 'backward' || model.pinned.peek()) return;
    const { result } = showing.peek();
    const cell = model.links.peek()?.first(result);
    if (cell) model.point({ array: result, index: cell });
  });
  return {
    ...model,
    index,
    name,
    position,
    cursor: computed(() => position.value && stepOf(trace, position.value)),
    dispose() {
      stopFollowing();
      stopHolding();
      stopTurning();
      model.dispose();
    },
  };
}
