import type { Node } from 'jsonc-parser';
import type { AttributeValue, LayerKind } from '../kinds/kind';
import { INPUT, type NetworkLayer } from '../network';
import type { Faults } from './faults';
import { quoted, type Properties } from './json';
import { takesTarget } from './layerKeys';
import { readItem, type LayerItem } from './layerItem';
import { layerNames } from './layerNames';
import { readTarget } from './readHead';
import { readAttribute, readText, readTexts, valueOf } from './values';

/** Layers that are read. */
const MAX_LAYERS = 10_000;

export interface ReadLayer {
  readonly item: LayerItem;
  readonly layer: NetworkLayer;
}

/** The layers whose type is known, or clear in spite of a slip of the pen; the others are left out, and said. */
export function readLayers(list: Node, faults: Faults): ReadLayer[] {
  const nodes = list.children!;
  if (nodes.length > MAX_LAYERS) {
    const message = `a network has at most ${MAX_LAYERS} layers, this one has ${nodes.length}; it is read up to here`;
    faults.add('tooLarge', nodes[MAX_LAYERS], message);
  }
  const items = nodes.slice(0, MAX_LAYERS).flatMap((node, index) => readItem(node, index, faults));
  const names = layerNames(items, faults);
  // What a name written so far stands for: a layer that is left out stands for what it would have taken.
  const earlier = new Map([[INPUT, INPUT]]);
  const later = new Set(names);
  let previous = INPUT;
  return items.flatMap((item, i) => {
    const name = names[i];
    if (item.kind) {
      const from = readFrom(item, item.kind, { own: name, previous, earlier, later }, faults);
      previous = name;
      earlier.set(name, name);
      return { item, layer: { name, from, ...readLayer(item.properties, item.kind, faults) } };
    }
    earlier.set(name, previous);
    return [];
  });
}

interface KnownLayers {
  readonly own: string;
  readonly previous: string;
  readonly earlier: ReadonlyMap<string, string>;
  readonly later: ReadonlySet<string>;
}

/** What the layer takes. A name that cannot be taken is left out; without any it is the layer before. */
function readFrom(
  { properties }: LayerItem,
  { type, inputs }: LayerKind,
  { own, previous, earlier, later }: KnownLayers,
  faults: Faults,
): string[] {
  const list = valueOf(properties, 'from');
  const written = readTexts('from', list, faults);
  if (list && inputs === 'one' && written.length > 1) {
    faults.add(
      'wrongKind',
      list,
      `${type} takes one input, from names ${written.length}; join them with add or concat first`,
    );
  }
  const from = written.flatMap(node => {
    const name = node.value as string;
    const known = earlier.get(name);
    if (known !== undefined) return known;
    if (later.has(name)) {
      const message =
        name === own
          ? `from: ${quoted(name)} is this layer itself; name an earlier one`
          : `from: ${quoted(name)} is not before this layer; a layer takes what earlier ones give: reorder them`;
      faults.add('laterLayer', node, message);
    } else {
      faults.addUnknown(
        'unknownLayer',
        node,
        name,
        earlier.keys(),
        `from: there is no layer ${quoted(name)}`,
      );
    }
    return [];
  });
  return from.length === 0 ? [previous] : inputs === 'one' ? from.slice(0, 1) : from;
}

function readLayer(
  properties: Properties,
  kind: LayerKind,
  faults: Faults,
): Pick<NetworkLayer, 'type' | 'attributes' | 'parameters' | 'target'> {
  const attributes: Record<string, AttributeValue> = {};
  for (const { name, form } of kind.attributes) {
    const node = valueOf(properties, name);
    const value = node && readAttribute(name, node, form, faults);
    if (value !== undefined) attributes[name] = value;
  }
  const parameters: Record<string, string> = {};
  for (const { role } of kind.parameters) {
    const name = readText(role, valueOf(properties, role), faults);
    if (name !== undefined) parameters[role] = name;
  }
  const target = takesTarget(kind) ? valueOf(properties, 'target') : undefined;
  return { type: kind.type, attributes, parameters, target: target && readTarget(target, faults) };
}
