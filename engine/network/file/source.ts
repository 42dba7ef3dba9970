import type { Node } from 'jsonc-parser';
import type { Place, SourceRange } from '../network';
import type { Properties } from './json';
import type { ReadLayer } from './readLayers';

/** Where a key and its value stand. */
export interface KeyPosition {
  readonly key: SourceRange;
  readonly value?: SourceRange;
  /** Of an object the values by key, of a list the items by position. */
  readonly within?: ReadonlyMap<string, SourceRange>;
}

/** Where a layer stands. */
export interface LayerPosition {
  /** Position in the file's list, which has those that cannot be read, too. */
  readonly item: number;
  readonly range: SourceRange;
  readonly keys: ReadonlyMap<string, KeyPosition>;
}

/** Where the parts of a network stand in its file. Plain data, to be sent between threads. */
export interface SourcePositions {
  readonly head: ReadonlyMap<string, KeyPosition>;
  /** For each layer of the network. */
  readonly layers: readonly LayerPosition[];
}

export function positionsOf(head: Properties, layers: readonly ReadLayer[]): SourcePositions {
  return {
    head: keysAt(head),
    layers: layers.map(({ item: { index, node, properties } }) => ({
      item: index,
      range: rangeAt(node),
      keys: keysAt(properties),
    })),
  };
}

function keysAt(properties: Properties): ReadonlyMap<string, KeyPosition> {
  return new Map(
    [...properties].map(([name, { key, value }]) => [
      name,
      { key: rangeAt(key), value: value && rangeAt(value), within: value && partsOf(value) },
    ]),
  );
}

function partsOf({ type, children = [] }: Node): KeyPosition['within'] {
  if (type === 'array') return new Map(children.map((item, i) => [String(i), rangeAt(item)]));
  if (type !== 'object') return undefined;
  const parts = new Map<string, SourceRange>();
  for (const { children: entry = [] } of children) {
    const [key, value] = entry as [Node, Node | undefined];
    const name = String(key.value);
    // Of entries with the same key the first counts.
    if (value && !parts.has(name)) parts.set(name, rangeAt(value));
  }
  return parts;
}

function rangeAt({ offset, length }: Node): SourceRange {
  return { offset, length };
}

/** Finds parts of a network in its file, and the other way round. */
export interface NetworkSource {
  readonly positions: SourcePositions;
  /**
   * The value of the key, or the part of it; the key where there is no such part, or no value; where the key is not there,
   * the layer's type, or the file's start.
   */
  rangeOf(place: Place): SourceRange;
  /** Position of the layer around an offset. */
  layerAt(offset: number): number | undefined;
  /** What is written at an offset: a key, or its value. */
  placeAt(offset: number): Place | undefined;
  /** The line of each layer's first letter, from 1. */
  lines(text: string): number[];
}

export function createSource(positions: SourcePositions): NetworkSource {
  const { head, layers } = positions;
  const layerAt = (offset: number): number | undefined => {
    const found = layers.findIndex(({ range }) => isWithin(offset, range));
    return found < 0 ? undefined : found;
  };
  return {
    positions,
    layerAt,
    rangeOf({ layer, key, within }) {
      const found = layer === undefined ? undefined : layers[layer];
      if (found && key === undefined) return found.range;
      const keys = found?.keys ?? head;
      const at = keys.get(key ?? '') ?? keys.get('type');
      const part = within !== undefined && at?.within ? at.within.get(within) : at?.value;
      return part ?? at?.key ?? found?.range ?? { offset: 0, length: 1 };
    },
    placeAt(offset) {
      const layer = layerAt(offset);
      for (const [name, { key, value = key }] of layer === undefined ? head : layers[layer].keys) {
        if (isWithin(offset, key) || isWithin(offset, value)) return { layer, key: name };
      }
      return layer === undefined ? undefined : { layer };
    },
    lines(text) {
      let line = 1;
      let from = 0;
      return layers.map(({ range: { offset } }) => {
        for (; from < offset; from++) if (text[from] === '\n') line++;
        return line;
      });
    },
  };
}

function isWithin(position: number, { offset, length }: SourceRange): boolean {
  return position >= offset && position <= offset + length;
}
