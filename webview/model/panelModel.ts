import { signal, type ReadonlySignal } from '@preact/signals';
import { messageOf } from '../../engine';
import type { Client, PanelEvents, PanelRequests, RunRequest, RunSummary } from '../protocol';
import { saveChanges, type StateStore } from '../stateStore';
import { createLayerRun, type LayerRun } from './layerRun';
import type { Beginning } from './runModel';
import { createViewSettings, keptSettings, type SavedState } from './viewSettings';

type PanelClient = Client<PanelRequests, PanelEvents>;

/** What the panel shows. */
export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'shown'; readonly model: LayerRun };

/** The panel as a whole: the run on show, and how to get another. */
export interface PanelModel {
  readonly phase: ReadonlySignal<Phase>;
  /** Whether another run is being made. The old one stays on show until then. */
  readonly busy: ReadonlySignal<boolean>;
  /** Why the last change was refused. */
  readonly refusal: ReadonlySignal<string | undefined>;
  /** Files of the run that are other ones now, or gone, by name. */
  readonly changedFiles: ReadonlySignal<ReadonlyMap<string, 'changed' | 'deleted'>>;
  change: (request: RunRequest) => Promise<void>;
  again: () => Promise<void>;
  /** Asks for the run anew, after a failure. */
  load: () => Promise<void>;
}

/** Asks for the run and keeps the panel in step with it. */
export function createPanelModel(client: PanelClient, store: StateStore<SavedState>): PanelModel {
  const settings = createViewSettings(store.saved);
  const phase = signal<Phase>({ kind: 'loading' });
  const busy = signal(false);
  const refusal = signal<string>();
  const changedFiles = signal<ReadonlyMap<string, 'changed' | 'deleted'>>(new Map());

  const show = (run: RunSummary): void => {
    const before = phase.peek();
    const beginning = before.kind === 'shown' ? continuation(before.model, run) : (store.saved ?? {});
    if (before.kind === 'shown') before.model.dispose();
    phase.value = { kind: 'shown', model: createLayerRun(run, client, settings, beginning) };
    refusal.value = undefined;
    changedFiles.value = new Map();
  };

  let latest = 0;
  const replace = async (run: Promise<RunSummary>): Promise<void> => {
    const turn = ++latest;
    busy.value = true;
    try {
      const summary = await run;
      if (turn === latest) show(summary);
    } catch (error) {
      if (turn !== latest) return;
      const reason = messageOf(error);
      if (phase.peek().kind === 'shown') refusal.value = reason;
      else phase.value = { kind: 'failed', reason };
    } finally {
      if (turn === latest) busy.value = false;
    }
  };

  client.on('run/changed', run => {
    latest++;
    busy.value = false;
    show(run);
  });
  client.on('run/refused', ({ reason }) => (refusal.value = reason));
  client.on('file/changed', ({ file, change }) => {
    changedFiles.value = new Map(changedFiles.peek()).set(file, change);
  });
  saveChanges(store, () => {
    if (phase.value.kind !== 'shown') return undefined;
    const { model } = phase.value;
    return {
      request: model.run.request,
      cursor: model.cursor.value,
      positions: model.positions.value,
      pinned: model.pinned.value ? model.selected.value : undefined,
      ...keptSettings(settings),
    };
  });

  return {
    phase,
    busy,
    refusal,
    changedFiles,
    change: request => replace(client.request('run/change', { request })),
    again: () => replace(client.request('run/again', {})),
    load() {
      phase.value = { kind: 'loading' };
      return replace(client.request('run/get', {}));
    },
  };
}

/** The same step and the same cell in another run, as far as it has them. */
function continuation(model: LayerRun, run: RunSummary): Beginning & { cursor: number } {
  const { id } = model.run.steps[model.cursor.peek()];
  const cursor = run.steps.findIndex(step => step.id === id);
  return {
    cursor: cursor < 0 ? model.cursor.peek() : cursor,
    positions: model.positions.peek(),
    pinned: model.pinned.peek() ? model.selected.peek() : undefined,
  };
}
