import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { messageOf, type RawLayout } from '../../engine';
import {
  arrayId,
  unpackSummary,
  type OpeningResult,
  type PackedSummary,
  type TensorFileSummary,
} from '../protocol';
import { saveChanges, type StateStore } from '../stateStore';
import type { InspectorClient } from './client';
import { decodeImage } from './decodeImage';
import { arrayRowId, createListModel, type ListModel, type ListState } from './list/listModel';
import { createSketches, type Sketches } from './list/sketches';
import { DEFAULT_VIEW_CHOICES, type ViewChoices } from './view/viewChoices';

/** A question back: how the bytes of the file are to be read. */
export type RawQuestion = Extract<OpeningResult, { kind: 'raw' }>;

/** What the page shows. */
export type InspectorPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** `refusal` says why the last answer could not be used. */
  | { readonly kind: 'raw'; readonly question: RawQuestion; readonly refusal?: string }
  | { readonly kind: 'shown'; readonly file: TensorFileSummary };

export type SideTab = 'arrays' | 'metadata';

/** What the webview keeps across reloads of the window (`setState`). */
export interface InspectorState {
  readonly selected?: string;
  readonly list: ListState;
  readonly layout: InspectorLayout;
  readonly view: ViewChoices;
}

/** How the page is divided. */
export interface InspectorLayout {
  readonly tab: SideTab;
  /** Left out until the user has chosen: a list of one array is not worth its room. */
  readonly listShown?: boolean;
  /** Part of the page that the list takes beside the view, and above it where the page is narrow. */
  readonly beside: number;
  readonly above: number;
}

const LAYOUT: InspectorLayout = { tab: 'arrays', beside: 0.42, above: 0.36 };

/** A tensor file on show. */
export interface InspectorModel {
  readonly client: InspectorClient;
  readonly phase: ReadonlySignal<InspectorPhase>;
  readonly list: ListModel;
  readonly sketches: Sketches;
  readonly layout: Signal<InspectorLayout>;
  /** How arrays are shown. */
  readonly view: Signal<ViewChoices>;
  /** The array in the view. */
  readonly selected: ReadonlySignal<string | undefined>;
  /** Its position among the file's arrays, −1 for none. */
  readonly position: ReadonlySignal<number>;
  /** Arrays that are other ones since the file changed, and that the user has not looked at yet. */
  readonly changed: ReadonlySignal<ReadonlySet<string>>;
  /** The file changed, nobody knows in which of its values, and the user has not looked at any of them since. */
  readonly changedSomehow: ReadonlySignal<boolean>;
  /** Why what is on show is no longer what the file holds. */
  readonly lost: ReadonlySignal<string | undefined>;
  /** Asks for the file anew, after a failure. */
  load: () => Promise<void>;
  answerRaw: (layout: RawLayout) => Promise<void>;
  select: (name: string) => void;
}

/** Asks for the file, and keeps the page in step with it. */
export function createInspectorModel(
  client: InspectorClient,
  { saved = {}, save }: StateStore<InspectorState>,
): InspectorModel {
  const phase = signal<InspectorPhase>({ kind: 'loading' });
  const selected = signal(saved.selected);
  const layout = signal<InspectorLayout>({ ...LAYOUT, ...saved.layout });
  const view = signal<ViewChoices>({ ...DEFAULT_VIEW_CHOICES, ...saved.view });
  const changed = signal<ReadonlySet<string>>(new Set());
  const changedSomehow = signal(false);
  const lost = signal<string>();

  const arrays = computed(() => (phase.value.kind === 'shown' ? phase.value.file.arrays : []));
  const positions = computed(() => new Map(arrays.value.map(({ name }, position) => [name, position])));
  const positionOf = (name: string | undefined): number =>
    name === undefined ? -1 : (positions.value.get(name) ?? -1);
  const list = createListModel(arrays, saved.list);
  const sketches = createSketches((name, signal) =>
    client.request('array/sketch', { array: arrayId(positionOf(name)) }, signal),
  );

  const look = (name: string): void => {
    // The array that the user leaves has been looked at, too.
    const seen = [name, selected.peek()];
    selected.value = name;
    changedSomehow.value = false;
    if (seen.some(one => one !== undefined && changed.peek().has(one)))
      changed.value = new Set([...changed.peek()].filter(one => !seen.includes(one)));
  };
  const show = (file: TensorFileSummary): void => {
    phase.value = { kind: 'shown', file };
    lost.value = undefined;
    const name = selected.peek();
    if (positionOf(name) < 0) selected.value = file.arrays.at(0)?.name;
    else if (name !== undefined) list.cursor.value ??= arrayRowId(name);
  };

  let latest = 0;
  /** Shows what comes of `work`, unless something else has been asked for meanwhile. */
  const showResult = async (
    work: () => Promise<PackedSummary | RawQuestion>,
    refused: (reason: string) => InspectorPhase,
  ): Promise<void> => {
    const turn = ++latest;
    try {
      const result = await work();
      if (turn !== latest) return;
      if ('kind' in result) phase.value = { kind: 'raw', question: result };
      else show(unpackSummary(result));
    } catch (error) {
      if (turn === latest) phase.value = refused(messageOf(error));
    }
  };
  const open = async (): Promise<PackedSummary | RawQuestion> => {
    const opened = await client.request('file/open', {});
    switch (opened.kind) {
      case 'arrays':
        return opened.summary;
      case 'image':
        return client.request('file/pixels', await decodeImage(opened.type, opened.bytes));
      case 'raw':
        return opened;
    }
  };

  client.on('file/replaced', ({ summary, changed: names, isCompared }) => {
    latest++;
    changedSomehow.value = !isCompared;
    sketches.forget(names);
    show(unpackSummary(summary));
    changed.value = new Set([...changed.peek(), ...names].filter(name => positionOf(name) >= 0));
  });
  client.on('file/lost', ({ reason }) => (lost.value = reason));
  client.on('file/reopen', () => {
    const before = phase.peek();
    void showResult(open, reason => {
      if (before.kind === 'shown') lost.value = reason;
      return before.kind === 'shown' ? before : { kind: 'failed', reason };
    });
  });
  client.on('array/show', ({ name }) => {
    look(name);
    list.reveal(name);
  });
  saveChanges({ saved, save }, () =>
    phase.value.kind === 'shown'
      ? { selected: selected.value, list: list.state.value, layout: layout.value, view: view.value }
      : undefined,
  );

  return {
    client,
    phase,
    list,
    sketches,
    layout,
    view,
    selected,
    position: computed(() => positionOf(selected.value)),
    changed,
    changedSomehow,
    lost,
    load() {
      phase.value = { kind: 'loading' };
      return showResult(open, reason => ({ kind: 'failed', reason }));
    },
    answerRaw(answer) {
      const before = phase.peek();
      return showResult(
        () => client.request('file/raw', { layout: answer }),
        reason => (before.kind === 'raw' ? { ...before, refusal: reason } : { kind: 'failed', reason }),
      );
    },
    select: look,
  };
}
