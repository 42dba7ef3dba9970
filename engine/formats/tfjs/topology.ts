import { jsonMetadata } from '../json/jsonMetadata';
import { member, type Json } from '../json/jsonValue';
import { textMetadata } from '../metadata';
import type { Metadata } from '../tensorFile';

/** What a model.json says of the model besides its weights: who made it, its layers or the operations of its graph. */
export function modelMetadata(model: Json): Metadata[] {
  const said = ['format', 'generatedBy', 'convertedBy', 'signature', 'userDefinedMetadata'].flatMap(key => {
    const value = member(model, key);
    return value === undefined || value === null ? [] : [jsonMetadata(key, value)];
  });
  const topology = member(model, 'modelTopology');
  const layers = layerClasses(topology);
  const operations = operationCounts(topology);
  return [
    ...said,
    ...(layers.length > 0 ? [{ name: 'layers', children: textMetadata(layers) }] : []),
    ...(operations.length > 0 ? [{ name: 'operations', children: textMetadata(operations) }] : []),
  ];
}

/** Name and class of each layer of a Keras model; a Sequential one of old lists them without a name around. */
function layerClasses(topology: Json | undefined): [name: string, className: string][] {
  const config = member(member(topology, 'model_config') ?? topology, 'config');
  const layers = Array.isArray(config) ? config : member(config, 'layers');
  if (!Array.isArray(layers)) return [];
  return layers.map(layer => {
    const name = member(member(layer, 'config'), 'name') ?? member(layer, 'name');
    return [asText(name), asText(member(layer, 'class_name'))];
  });
}

/** How often each operation is in a graph. */
function operationCounts(topology: Json | undefined): [operation: string, count: string][] {
  const nodes = member(topology, 'node');
  if (!Array.isArray(nodes)) return [];
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const operation = asText(member(node, 'op'));
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
  }
  return [...counts].map(([operation, count]) => [operation, String(count)]);
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '?';
}
