import { metadataText } from '../metadata';
import type { Metadata } from '../tensorFile';
import type { Json } from './jsonValue';

const MAX_NODES = 1000;
const MAX_DEPTH = 8;

/** A value of a JSON document as a node to be shown: not too deep, and with no more than some nodes. */
export function jsonMetadata(name: string, value: Json): Metadata {
  let left = MAX_NODES;
  const node = (key: string, value: Json, depth: number): Metadata => {
    const name = metadataText(key);
    if (typeof value === 'string') return { name, value: metadataText(value) };
    if (typeof value !== 'object' || value === null) return { name, value: String(value) };
    const items = Object.entries(value);
    if (depth >= MAX_DEPTH) return { name, value: `${items.length} values` };
    const children: Metadata[] = [];
    for (const [key, item] of items) {
      if (left-- <= 0)
        return { name, value: `the first ${children.length} of ${items.length} values`, children };
      children.push(node(key, item, depth + 1));
    }
    return { name, children };
  };
  return node(name, value, 0);
}
