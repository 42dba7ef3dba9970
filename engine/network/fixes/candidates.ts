import type { AttributeValue } from '../kinds/kind';
import { kindOf } from '../kinds';
import type { Edit, Fix, ParameterInfo } from '../analysis';
import { INPUT, type NetworkLayer } from '../network';
import { isClosed, type OpenShape } from '../openShape';
import { inputsOf, type Draft } from './draft';
import { nameDistance, partnerName } from '../parameterNames';
import { variantsOf } from './variants';

/** A change worth trying, and how far the network with it is from the one that there is. */
export interface Candidate {
  readonly changes: Fix['changes'];
  readonly distance: number;
}

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
  yield* attributeCandidates(draft, at, wanted, 0);
  yield* parameterCandidates(draft, at, key, 0);
  yield* sourceCandidates(draft, at);
  let depth = 0;
  for (const index of changeableBefore(draft, at)) {
    depth++;
    yield* attributeCandidates(draft, index, wanted, depth / 2);
    if (depth === 1) yield* parameterCandidates(draft, index, 'W', 1);
  }
  yield* insertionCandidates(draft, at);
  yield* inputCandidates(draft, at, wanted);
}

/** Other values for the attributes of one layer. */
export function* attributeCandidates(
  draft: Draft,
  index: number,
  wanted: readonly number[],
  farther: number,
): Generator<Candidate> {
  const layer = draft.layers[index];
  const input = inputsOf(draft, layer)[0] ?? [];
  const pads = neededPads(draft, layer);
  for (const attribute of kindOf(layer.type).attributes) {
    const sizes = attribute.form === 'pad' ? pads : wanted;
    const given = valueOf(layer, attribute.name);
    // A pooling's windows lie side by side unless a stride is given.
    const implied = attribute.default ?? (attribute.name === 'stride' ? valueOf(layer, 'size') : undefined);
    const current = { value: given ?? implied, isGiven: given !== undefined };
    for (const { value, distance } of variantsOf(attribute, current, sizes, input)) {
      yield { changes: [edit(index, attribute.name, value)], distance: distance + farther };
    }
  }
  yield* poolingCandidates(draft, index, farther);
}

/** The poolings that are common: changing one attribute alone does not always lead from one to another. */
const POOLINGS = [
  { size: 2, stride: 2, pad: 0 },
  { size: 3, stride: 2, pad: 0 },
  { size: 3, stride: 2, pad: 1 },
  { size: 3, stride: 1, pad: 1 },
];

function* poolingCandidates(draft: Draft, index: number, farther: number): Generator<Candidate> {
  const layer = draft.layers[index];
  if (layer.type !== 'maxpool' && layer.type !== 'avgpool') return;
  for (const { size, stride, pad } of POOLINGS) {
    const edits: Edit[] = [];
    if (valueOf(layer, 'size') !== size) edits.push(edit(index, 'size', size));
    if ((valueOf(layer, 'stride') ?? size) !== stride) edits.push(edit(index, 'stride', stride));
    if ((valueOf(layer, 'pad') ?? 0) !== pad) edits.push(edit(index, 'pad', pad));
    if (edits.length > 0) yield { changes: edits, distance: edits.length + farther };
  }
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
  const insert = (type: string, attributes: Readonly<Record<string, AttributeValue>>): Candidate => {
    const name = freshName(draft, type);
    return { changes: [{ before: at, layer: { type, name, ...attributes } }], distance: 4 };
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

/** Padding with which the windows of a layer that are larger than its input fit at last. */
function neededPads(draft: Draft, layer: NetworkLayer): number[] {
  const [x] = inputsOf(draft, layer);
  const stored = draft.listing?.get(layer.parameters.W)?.shape ?? [];
  const size = valueOf(layer, 'size') ?? stored.slice(2);
  if (!x || x.length !== 4 || !isClosed(x.slice(2))) return [];
  const windows = [size].flat().filter(window => typeof window === 'number');
  const spans = windows.flatMap(window => x.slice(2).map(extent => Math.ceil((window - Number(extent)) / 2)));
  const same = windows.map(window => Math.floor((window - 1) / 2));
  return [...new Set([Math.max(0, ...spans), ...same])].filter(pad => pad > 0 && pad < 4096);
}

function valueOf({ attributes }: NetworkLayer, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function edit(layer: number, key: string, value: Edit['value']): Edit {
  return { place: { layer, key }, value };
}
