import { INPUT, type RunningPlace } from '../../engine';
import type { LayerSummary, SessionState } from '../protocol';
import type { TreeRow } from '../tree/treeRows';

/** A row of the list of layers. */
export interface LayerItem {
  /** Position in the network's layers; −1 is the input. */
  readonly index: number;
  readonly name: string;
  /** Left out for the input. */
  readonly layer?: LayerSummary;
  /** The layers it takes its inputs from, where that is not just the one before. */
  readonly takes: readonly string[];
}

export function rowId(index: number): string {
  return `${index}`;
}

/** The input and all layers, in their order. */
export function layerRows(layers: readonly LayerSummary[]): TreeRow<LayerItem>[] {
  const items: LayerItem[] = [
    { index: -1, name: INPUT, takes: [] },
    ...layers.map((layer, index) => {
      const { name, from } = layer;
      const before = index > 0 ? layers[index - 1].name : INPUT;
      return { index, name, layer, takes: from.length === 1 && from[0] === before ? [] : from };
    }),
  ];
  return items.map((item, i) => ({
    id: rowId(item.index),
    item,
    level: 1,
    place: i + 1,
    siblings: items.length,
    parent: -1,
  }));
}

/** A session's state with the layers that have run since it set out, as far as the place where it is now says. */
export function stateOnTheWay<T extends Pick<SessionState, 'ran' | 'ranBackward' | 'layers'>>(
  state: T,
  running: RunningPlace | undefined,
): T {
  if (!running) return state;
  const { ran, ranBackward, layers } = state;
  const { layer, direction } = running;
  return direction === 'forward'
    ? { ...state, ran: Math.max(ran, layer) }
    : { ...state, ran: layers.length, ranBackward: Math.max(ranBackward, layers.length - 1 - layer) };
}

/** How far a layer has come: `broken` where its shapes do not fit. */
export type LayerProgress = 'broken' | 'notYet' | 'forward' | 'back';

export function progressOf(
  { index, layer }: LayerItem,
  { ran, ranBackward, layers }: Pick<SessionState, 'ran' | 'ranBackward' | 'layers'>,
): LayerProgress {
  if (layer?.broken) return 'broken';
  if (index >= ran) return 'notYet';
  return ranBackward > 0 && index >= layers.length - ranBackward ? 'back' : 'forward';
}
