import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { linkCells, wholeRegion, type Explanation, type Links, type Region, type Stats } from '../../engine';
import type { ArrayInfo, Client, TraceRequests, TraceSummary } from '../protocol';
import { createArrayReader, type ArrayReader } from '../views/pictures/arrayReader';
import { answerOf, type Answer } from './answer';
import { sameCell, type CellReference } from './cell';
import type { Columns } from './columns';
import { movedIndex, positionsAt, type Positions } from './positions';
import type { ViewSettings } from './viewSettings';

export type TraceClient = Client<TraceRequests>;

/** What of a trace is on show. */
export interface Showing {
  readonly columns: Columns;
  /** The layer whose index variables label the pictures. */
  readonly layer: string;
  /** The array that it is all about: what a step, or the layer, makes. */
  readonly result: string;
}

/** The steps of a layer (or of two that belong together): what is selected in them, and what has been asked about them. */
export interface RunModel {
  readonly run: TraceSummary;
  readonly client: TraceClient;
  readonly reader: ArrayReader;
  readonly settings: ViewSettings;
  readonly showing: ReadonlySignal<Showing>;
  /** The cell that all pictures show the connections of. */
  readonly selected: ReadonlySignal<CellReference | undefined>;
  /** Whether pointing at another cell leaves the selection where it is. */
  readonly pinned: ReadonlySignal<boolean>;
  readonly links: ReadonlySignal<Links | undefined>;
  /**
   * The cell to explain: the selected one, or where nothing of its array is on show, what is made of it.
   * A pinned cell stays.
   */
  readonly explained: ReadonlySignal<CellReference | undefined>;
  /** How that cell got its value. */
  readonly explanation: ReadonlySignal<Answer<Explanation>>;
  readonly positions: Signal<Positions>;
  /** Shows another sample, channel, filter or tap, and takes the selected cell along. @param key of `axisKey` */
  moveTo: (key: string, position: number) => void;
  /** @throws Error if the run has no such array */
  array: (name: string) => ArrayInfo;
  has: (name: string) => boolean;
  /** Statistics of the array, or of a region of it; asked for once. */
  stats: (name: string, region?: Region) => ReadonlySignal<Answer<Stats>>;
  point: (cell: CellReference) => void;
  pin: (cell: CellReference) => void;
  unpin: () => void;
  dispose: () => void;
}

/** Where a run model starts: what was on show before. */
export interface Beginning {
  readonly positions?: Positions;
  readonly pinned?: CellReference;
}

/** Rest of the pointer on a cell before its arithmetic is asked for, in milliseconds. */
const EXPLAIN_DELAY = 40;

/**
 * The model of `run`, which is disposed of when another run takes its place.
 * @param showing what of it is on show, whoever decides that
 */
export function createRunModel(
  run: TraceSummary,
  client: TraceClient,
  settings: ViewSettings,
  showing: ReadonlySignal<Showing>,
  beginning: Beginning,
): RunModel {
  const arrays = new Map(run.arrays.map(array => [array.name, array]));
  const inRun = ({ array, index }: CellReference): boolean => {
    const shape = arrays.get(array)?.shape;
    return shape?.length === index.length && shape.every((extent, axis) => index[axis] < extent);
  };
  const array = (name: string): ArrayInfo => {
    const found = arrays.get(name);
    if (!found) throw new Error(`internal: there is no array '${name}' in this run`);
    return found;
  };

  const pinnedFirst = beginning.pinned && inRun(beginning.pinned) ? beginning.pinned : undefined;
  const selected = signal<CellReference | undefined>(pinnedFirst ?? middleOfOutput(run));
  const pinned = signal(pinnedFirst !== undefined);
  const positions = signal<Positions>(beginning.positions ?? {});
  const links = computed(() => {
    const cell = selected.value;
    return cell && linkCells(run.layers, run.arrays, cell.array, cell.index);
  });

  const has = (name: string): boolean => arrays.has(name);
  const explained = computed(() => {
    const cell = selected.value;
    const { columns, result } = showing.value;
    if (!cell || pinned.value || columns.flat().includes(cell.array)) return cell;
    const index = links.value?.first(result);
    return index ? { array: result, index } : cell;
  });

  const select = (cell: CellReference): void => {
    if (sameCell(selected.peek(), cell)) return;
    selected.value = cell;
    positions.value = positionsAt(array(cell.array), run.layers, cell.index, positions.peek());
  };
  if (selected.value)
    positions.value = positionsAt(
      array(selected.value.array),
      run.layers,
      selected.value.index,
      positions.value,
    );

  const explanation = signal<Answer<Explanation>>({});
  let rest = 0; // the first cell was not pointed at: it is explained at once
  const stopExplaining = effect(() => {
    const cell = explained.value;
    if (!cell) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void answerOf(client.request('cell/explain', cell, controller.signal)).then(answer => {
        if (!controller.signal.aborted) explanation.value = answer;
      });
    }, rest);
    rest = EXPLAIN_DELAY;
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });

  const known = new Map<string, Signal<Answer<Stats>>>();
  const disposal = new AbortController();
  const reader = createArrayReader(client);
  return {
    run,
    client,
    reader,
    settings,
    showing,
    selected,
    pinned,
    links,
    explained,
    explanation,
    positions,
    array,
    has,
    stats(name, region = wholeRegion(array(name).shape)) {
      const key = `${name} ${JSON.stringify(region)}`;
      let answer = known.get(key);
      if (!answer) {
        const asked = signal<Answer<Stats>>({});
        known.set(key, (answer = asked));
        void answerOf(client.request('array/stats', { array: name, region }, disposal.signal)).then(
          stats => (asked.value = stats),
        );
      }
      return answer;
    },
    moveTo(key, position) {
      const cell = selected.peek();
      const index = cell && movedIndex(array(cell.array), run.layers, cell.index, key, position);
      if (index) selected.value = { array: cell.array, index };
      positions.value = { ...positions.peek(), [key]: position };
    },
    point(cell) {
      if (!pinned.peek()) select(cell);
    },
    pin(cell) {
      pinned.value = !(pinned.peek() && sameCell(selected.peek(), cell));
      select(cell);
    },
    unpin: () => void (pinned.value = false),
    dispose() {
      stopExplaining();
      disposal.abort();
      reader.dispose();
    },
  };
}

/** A cell to begin with, so that a first look already shows how everything hangs together. */
function middleOfOutput(run: TraceSummary): CellReference | undefined {
  const output = run.arrays.find(({ name }) => name === 'out');
  if (!output || output.shape.includes(0)) return undefined;
  return {
    array: output.name,
    index: output.shape.map((extent, axis) => (axis < 2 ? 0 : Math.floor(extent / 2))),
  };
}
