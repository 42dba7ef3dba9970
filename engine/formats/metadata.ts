import type { Metadata } from './tensorFile';

/** A file may say megabytes of itself; what is shown of it is sent as a whole. */
const MAX_NODES = 1000;
const MAX_VALUE = 10_000;

/** A text of a file as a node's value: cut where it is too long to be looked at. */
export function metadataText(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}… (${text.length} characters)` : text;
}

/** Names with their texts as nodes; one more says how many were left out, if there are too many. */
export function textMetadata(pairs: readonly (readonly [name: string, text: string])[]): Metadata[] {
  const nodes = pairs
    .slice(0, MAX_NODES)
    .map(([name, text]) => ({ name: metadataText(name), value: metadataText(text) }));
  const rest = pairs.length - nodes.length;
  return rest > 0 ? [...nodes, { name: '…', value: `and ${rest} more` }] : nodes;
}
