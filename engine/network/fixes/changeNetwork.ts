import type { Edit, Fix, Insertion } from '../analysis';
import { isLayerType, kindOf } from '../kinds';
import type { AttributeValue } from '../kinds/kind';
import { type Network, type NetworkLayer } from '../network';

/** The network with the changes of a fix. */
export function changeNetwork(network: Network, changes: Fix['changes']): Network {
  const layers = [...network.layers];
  let { input } = network;
  for (const change of changes) {
    if (!('place' in change)) continue;
    const { layer, key } = change.place;
    if (layer !== undefined) layers[layer] = changeLayer(layers[layer], change);
    else if (key === 'input' && Array.isArray(change.value)) input = { ...input, shape: change.value };
  }
  const insertions = changes.filter(change => 'before' in change).sort((a, b) => b.before - a.before);
  for (const insertion of insertions) {
    const { before } = insertion;
    const added = insertedLayer(insertion, layers[before].from);
    layers.splice(before, 1, added, takingOnly(added.name, layers[before]));
  }
  return { ...network, input, layers };
}

/** The layer with a key set, or removed. */
export function changeLayer(layer: NetworkLayer, { place: { key }, value }: Edit): NetworkLayer {
  if (key === 'from') {
    const names = Array.isArray(value) ? value : [value];
    return { ...layer, from: names.filter(name => typeof name === 'string') };
  }
  if (kindOf(layer.type).parameters.some(({ role }) => role === key)) {
    return {
      ...layer,
      parameters: withKey(layer.parameters, key, typeof value === 'string' ? value : undefined),
    };
  }
  return {
    ...layer,
    attributes: withKey(layer.attributes, key, typeof value === 'string' ? undefined : value),
  };
}

function withKey<T>(
  record: Readonly<Record<string, T>>,
  key: string,
  value: T | undefined,
): Record<string, T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}

/** The layer that is put in. @param from what it takes: what the layer that stood there took */
export function insertedLayer({ layer }: Insertion, from: readonly string[]): NetworkLayer {
  const { type, name } = layer;
  if (typeof type !== 'string' || !isLayerType(type) || typeof name !== 'string') {
    throw new Error('internal: a layer that is put in needs a type and a name');
  }
  const attributes: Record<string, AttributeValue> = {};
  for (const attribute of kindOf(type).attributes) {
    const value = layer[attribute.name];
    if (isValue(value)) attributes[attribute.name] = value;
  }
  return { type, name, from, attributes, parameters: {} };
}

function isValue(value: unknown): value is AttributeValue {
  return typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value);
}

/** The layer with one input. */
export function takingOnly(source: string, layer: NetworkLayer): NetworkLayer {
  return { ...layer, from: [source] };
}
