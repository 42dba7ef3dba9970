import type { Edit, Fix } from '../analysis';
import { kindOf } from '../kinds';
import type { AttributeValue } from '../kinds/kind';
import type { NetworkLayer } from '../network';
import { isClosed } from '../openShape';
import { inputsOf, type Draft } from './draft';
import { variantsOf } from './variants';

/** A change worth trying, and how far the network with it is from the one that there is. */
export interface Candidate {
  readonly changes: Fix['changes'];
  readonly distance: number;
}

/**
 * Other values for the attributes of one layer.
 * @param wanted sizes that the layer at fault asks for
 * @param where how much farther than a change of the layer at fault this is, and the key that is at fault
 */
export function* attributeCandidates(
  draft: Draft,
  index: number,
  wanted: readonly number[],
  { farther = 0, key }: { farther?: number; key?: string },
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
      const nearer = attribute.name === key ? 0.5 : 0;
      yield { changes: [edit(index, attribute.name, value)], distance: distance + farther - nearer };
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
    if (edits.length > 0) yield { changes: edits, distance: edits.length + 0.5 + farther };
  }
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

export function edit(layer: number, key: string, value: Edit['value']): Edit {
  return { place: { layer, key }, value };
}
