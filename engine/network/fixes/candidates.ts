import type { AttributeValue } from '../kinds/kind';
import { kindOf } from '../kinds';
import type { ParameterInfo } from '../analysis';
import { INPUT, type NetworkLayer } from '../network';
import type { OpenShape } from '../openShape';
import { attributeCandidates, edit, type Candidate } from './attributeCandidates';
import { inputsOf, type Draft } from './draft';
import { nameDistance, partnerName } from '../parameterNames';

/** Layers back from a fault that are looked at, and those of them that are changed. */
const LOOK_BACK = 64;
const CHANGED_BACK = 8;
/** Parameters and layers of other names that are tried. */
const OTHER_PARAMETERS = 24;
const OTHER_LAYERS = 16;

const INPUT_SIZES = [28, 32, 64, 96, 128, 224, 227, 256, 299];

/** Everything worth trying to make layer `at` fit, in no order. @param key what is at fault */
export function* candidates(draft: Draft, at: number, key: string): Generator<Candidate> {
  const layer = draft.layers[at];
  const wanted = wantedSizes(draft, layer);
  yield* attributeCandidates(draft, at, wanted, { key });
  yield* parameterCandidates(draft, at, key, 0);
  yield* sourceCandidates(draft, at);
  let depth = 0;
  for (const index of changeableBefore(draft, at)) {
    depth++;
    yield* attributeCandidates(draft, index, wanted, { farther: depth / 2 });
    if (depth === 1) yield* parameterCandidates(draft, index, 'W', 1);
  }
  yield* insertionCandidates(draft, at);
  yield* inputCandidates(draft, at, wanted);
}

/** Other parameters in place of those of a layer. */
function* parameterCandidates(
  draft: Draft,
  index: number,
  key: string,
  farther: number,
): Generator<Candidate> {
  const { type, parameters } = draft.layers[index];
  const kind = kindOf(type).parameters.find(({ role }) => role === key);
  if (!kind || !draft.listing) return;
  const named = Object.hasOwn(parameters, key) ? parameters[key] : key;
  const axes = kind.axes.split(',').filter(axis => /[^()]/.test(axis)).length;
  for (const { name } of nearestParameters(draft.listing, named, axes)) {
    const distance = 2 + nameDistance(named, name) / 4 + farther;
    yield { changes: [edit(index, key, name)], distance };
    const partners = Object.entries(parameters).flatMap(([role, other]) => {
      const partner = role === key ? undefined : partnerName(named, other, name);
      return partner === undefined || partner === other ? [] : [edit(index, role, partner)];
    });
    if (partners.length > 0) yield { changes: [edit(index, key, name), ...partners], distance };
  }
  if (kind.optional && Object.hasOwn(parameters, key)) {
    yield { changes: [edit(index, key, undefined)], distance: 6 + farther };
  }
}

function nearestParameters(
  listing: ReadonlyMap<string, ParameterInfo>,
  named: string,
  axes: number,
): ParameterInfo[] {
  const ranked = [...listing.values()].filter(({ name, shape }) => shape.length === axes && name !== named);
  return nearest(ranked, ({ name }) => nameDistance(named, name), OTHER_PARAMETERS);
}

function nearest<T>(items: readonly T[], distance: (item: T) => number, most: number): T[] {
  return items
    .map(item => ({ item, far: distance(item) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ item }) => item);
}

/** Other layers to take the input from. */
function* sourceCandidates(draft: Draft, at: number): Generator<Candidate> {
  const { from } = draft.layers[at];
  const earlier = draft.layers.slice(Math.max(0, at - OTHER_LAYERS), at).map(({ name }) => name);
  const sources = [INPUT, ...earlier].reverse();
  for (const [slot, taken] of from.entries()) {
    for (const [gap, source] of sources.entries()) {
      if (source === taken) continue;
      const names = from.with(slot, source);
      yield { changes: [edit(at, 'from', names.length === 1 ? source : names)], distance: 3 + gap / 8 };
    }
  }
}

/** New layers in front of a layer. */
function* insertionCandidates(draft: Draft, at: number): Generator<Candidate> {
  const layer = draft.layers[at];
  const [x] = inputsOf(draft, layer);
  if (!x || kindOf(layer.type).inputs === 'several') return;
  const previous = at === 0 ? INPUT : draft.layers[at - 1].name;
  const from = layer.from[0] === previous ? {} : { from: layer.from[0] };
  const insert = (type: string, attributes: Readonly<Record<string, AttributeValue>>): Candidate => {
    const name = freshName(draft, type);
    return { changes: [{ before: at, layer: { type, name, ...from, ...attributes } }], distance: 4 };
  };
  if (x.length === 4) {
    yield insert('maxpool', { size: 2 });
    yield insert('maxpool', { size: 3, stride: 2 });
    yield insert('maxpool', { size: 3, stride: 2, pad: 1 });
    yield insert('globalavgpool', {});
    yield insert('transpose', { axes: [0, 3, 1, 2] });
  }
  if (x.length > 2) yield insert('flatten', {});
  if (x.length === 3) yield insert('reshape', { shape: [x[0], 1, x[1], x[2]] });
  if (x.length === 2 && typeof x[1] === 'number') {
    for (const C of wantedSizes(draft, layer)) {
      const side = Math.sqrt(x[1] / C);
      if (Number.isInteger(side)) yield insert('reshape', { shape: [x[0], C, side, side] });
    }
  }
}

/** A name that no layer has, for one that is put in. */
function freshName({ types }: Draft, type: string): string {
  let number = 1;
  while (types.has(`${type}${number}`)) number++;
  return `${type}${number}`;
}

/** Other shapes of the input. */
function* inputCandidates(draft: Draft, at: number, wanted: readonly number[]): Generator<Candidate> {
  const shape = draft.shapes.get(INPUT);
  if (!shape || at > LOOK_BACK) return;
  const change = (value: OpenShape, distance: number): Candidate => ({
    changes: [{ place: { key: 'input' }, value: [...value] }],
    distance,
  });
  if (shape.length === 3) yield change(['N', ...shape], 4);
  if (shape.length !== 4) return;
  const [N, C, H, W] = shape;
  for (const channels of wanted) if (channels !== C) yield change([N, channels, H, W], 4.5);
  for (const size of INPUT_SIZES) if (size !== H || size !== W) yield change([N, C, size, size], 5);
}

/** Layers before `at` that it depends on and whose attributes change shapes, the nearest first. */
function changeableBefore({ layers }: Draft, at: number): number[] {
  const needed = new Set(layers[at].from);
  const found: number[] = [];
  for (let index = at - 1; index >= Math.max(0, at - LOOK_BACK) && found.length < CHANGED_BACK; index--) {
    const { name, type, from } = layers[index];
    if (!needed.has(name)) continue;
    from.forEach(source => needed.add(source));
    if (kindOf(type).attributes.length > 0) found.push(index);
  }
  return found;
}

/** Numbers that the shapes at a layer are made of. */
function wantedSizes(draft: Draft, layer: NetworkLayer): number[] {
  const stored = Object.values(layer.parameters).flatMap(name => draft.listing?.get(name)?.shape ?? []);
  const taken = inputsOf(draft, layer).flatMap(shape => shape?.slice(1) ?? []);
  const sizes = [...stored, ...taken].filter(
    size => typeof size === 'number' && Number.isInteger(size) && size > 0,
  );
  return [...new Set(sizes.map(Number))].slice(0, 12);
}
