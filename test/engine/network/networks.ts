import assert from 'node:assert/strict';
import {
  analyse,
  changeNetwork,
  INPUT,
  kindOf,
  type Analysis,
  type AttributeValue,
  type Fix,
  type LayerTypeName,
  type Network,
  type NetworkLayer,
  type OpenShape,
  type ParameterListing,
  type Problem,
} from '../../../engine/network';

/** A layer as it is written in a network's file. */
export interface Item {
  readonly type: LayerTypeName;
  readonly name?: string;
  readonly from?: string | readonly string[];
  readonly [key: string]: AttributeValue | string | undefined;
}

/** A network of layers one after the other, called by their type and a number unless they have a name. */
export function networkOf(shape: OpenShape, ...items: readonly Item[]): Network {
  const counts = new Map<string, number>();
  const layers: NetworkLayer[] = [];
  for (const { type, name, from, ...keys } of items) {
    const number = (counts.get(type) ?? 0) + 1;
    counts.set(type, number);
    const roles = kindOf(type).parameters.map(({ role }) => role);
    const given = Object.entries(keys);
    layers.push({
      type,
      name: name ?? `${type}${number}`,
      from: from === undefined ? [layers.at(-1)?.name ?? INPUT] : [from].flat(),
      attributes: Object.fromEntries(
        given.flatMap(([key, value]) =>
          roles.includes(key) || value === undefined || typeof value === 'string' ? [] : [[key, value]],
        ),
      ),
      parameters: Object.fromEntries(
        given.flatMap(([key, value]) =>
          roles.includes(key) && typeof value === 'string' ? [[key, value]] : [],
        ),
      ),
    });
  }
  return { name: 'test', input: { shape }, params: ['params.pkl'], layers };
}

/** Parameters of these shapes. */
export function listingOf(
  shapes: Readonly<Record<string, readonly number[]>>,
): NonNullable<ParameterListing> {
  return new Map(Object.entries(shapes).map(([name, shape]) => [name, { name, shape, dtype: 'float64' }]));
}

/** Of the book's SimpleConvNet. */
export const BOOK_SHAPES = {
  W1: [30, 1, 5, 5],
  b1: [30],
  W2: [4320, 100],
  b2: [100],
  W3: [100, 10],
  b3: [10],
} as const;

export const BOOK_LAYERS: readonly Item[] = [
  { type: 'conv', W: 'W1', b: 'b1' },
  { type: 'relu' },
  { type: 'maxpool', size: 2 },
  { type: 'affine', W: 'W2', b: 'b2' },
  { type: 'relu' },
  { type: 'affine', W: 'W3', b: 'b3' },
  { type: 'softmaxWithLoss' },
];

/** The book's SimpleConvNet with some of its layers replaced. */
export function bookNetwork(
  changed: Readonly<Record<number, Item>> = {},
  shape: OpenShape = ['N', 1, 28, 28],
): Network {
  return networkOf(shape, ...BOOK_LAYERS.map((item, index) => changed[index] ?? item));
}

export const bookListing = (changed: Readonly<Record<string, readonly number[]>> = {}) =>
  listingOf({ ...BOOK_SHAPES, ...changed });

/** What a fix changes, e.g. `0.stride=1` or `2+maxpool{"size":2}`. */
export function fixText({ changes }: Pick<Fix, 'changes'>): string {
  return changes
    .map(change => {
      if ('place' in change) {
        const { layer, key } = change.place;
        return `${layer ?? ''}.${key}=${JSON.stringify(change.value)}`;
      }
      const { type, ...others } = change.layer;
      const attributes = Object.entries(others).filter(([key]) => key !== 'name');
      return `${change.before}+${String(type)}${JSON.stringify(Object.fromEntries(attributes))}`;
    })
    .join(' ');
}

/** What is wrong, where: `3.W rows`. */
export function problemText({ place, fault }: Problem): string {
  return `${place.layer ?? ''}.${place.key ?? ''} ${fault}`;
}

export function errorsOf({ problems }: Pick<Analysis, 'problems'>): Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** The single fault of a network. */
export function onlyError(network: Network, listing: ParameterListing = bookListing()): Problem {
  const errors = errorsOf(analyse(network, listing));
  if (errors.length !== 1)
    throw new Error(`expected one error, there are: ${errors.map(problemText).join(', ')}`);
  return errors[0];
}

/** What is known of a network with a fix of one of its layers, which then gives what the fix says. */
export function mended(network: Network, listing: ParameterListing, { place }: Problem, fix: Fix): Analysis {
  const analysis = analyse(changeNetwork(network, fix.changes), listing);
  const name = place.layer === undefined ? undefined : network.layers[place.layer].name;
  const layer = analysis.layers.find(candidate => candidate.name === name);
  if (layer) assert.deepEqual(layer.out, fix.out);
  return analysis;
}
