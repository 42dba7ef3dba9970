import type { Node } from 'jsonc-parser';
import type { Network } from '../network';
import { createFaults, type FileFault } from './faults';
import { knownKeys, parseJson, propertiesOf } from './json';
import { HEAD_KEYS, readHead } from './readHead';
import { readLayers } from './readLayers';
import { createSource, positionsOf, type NetworkSource } from './source';
import { valueOf, wrongKind } from './values';

/** A network's file, read. */
export interface ParsedNetwork {
  /** What could be read of it, as if what is wrong were mended where that is clear. */
  readonly network: Network;
  /** What is wrong with the text. Whether the shapes fit is another question; see `analyse`. */
  readonly faults: readonly FileFault[];
  readonly source: NetworkSource;
}

/**
 * Reads a `*.cnn.json`: JSON with comments and trailing commas. Never throws: of a file that is broken, absurd or huge
 * it gives the part that can be read.
 */
export function parseNetwork(text: string): ParsedNetwork {
  const faults = createFaults();
  const root = parseJson(text, faults);
  if (root?.type !== 'object') {
    if (root)
      wrongKind(
        'a network',
        root,
        'an object, e.g. {"input": {"shape": ["N", 1, 28, 28]}, "layers": []}',
        faults,
      );
    else if (faults.list.length === 0)
      faults.add('syntax', { offset: 0, length: 0 }, 'the file has no network: expected {');
    return { network: EMPTY, faults: faults.list, source: createSource({ head: new Map(), layers: [] }) };
  }
  const properties = knownKeys(propertiesOf(root, faults), HEAD_KEYS, 'a network', faults);
  const head = readHead(root, properties, faults);
  const list = valueOf(properties, 'layers');
  const layers = list && isList(list) ? readLayers(list, faults) : [];
  if (!properties.has('layers')) {
    faults.add(
      'missingKey',
      { offset: root.offset, length: 1 },
      'the network has no layers; list them: "layers": []',
    );
  } else if (list && !isList(list)) {
    wrongKind('layers', list, 'a list of objects', faults);
  }
  return {
    network: { ...head, layers: layers.map(({ layer }) => layer) },
    faults: faults.list,
    source: createSource(positionsOf(properties, layers)),
  };
}

const EMPTY: Network = { name: 'network', input: { shape: [] }, params: [], layers: [] };

function isList({ type }: Node): boolean {
  return type === 'array';
}
