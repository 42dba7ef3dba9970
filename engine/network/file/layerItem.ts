import type { Node } from 'jsonc-parser';
import { isLayerType, kindOf, layerKinds } from '../kinds';
import type { LayerKind } from '../kinds/kind';
import type { Faults } from './faults';
import { knownKeys, propertiesOf, quoted, type Properties } from './json';
import { keysOf } from './layerKeys';
import { readText, valueOf, wrongKind } from './values';

/** An object of the file's list of layers. */
export interface LayerItem {
  /** Position in the list. */
  readonly index: number;
  readonly node: Node;
  readonly properties: Properties;
  /** Left out where nobody can tell what it was meant to be. */
  readonly kind?: LayerKind;
}

/** @returns nothing if it is no object */
export function readItem(node: Node, index: number, faults: Faults): LayerItem[] {
  if (node.type !== 'object') {
    wrongKind('a layer', node, 'an object, e.g. {"type": "relu"}', faults);
    return [];
  }
  const written = propertiesOf(node, faults);
  if (!written.has('type')) {
    faults.add('missingKey', { offset: node.offset, length: 1 }, `a layer needs a type: ${TYPES.join(', ')}`);
  }
  const kind = readKind(valueOf(written, 'type'), faults);
  const properties = kind ? knownKeys(written, keysOf(kind), kind.type, faults) : written;
  return [{ index, node, properties, kind }];
}

const TYPES: readonly string[] = layerKinds.map(({ type }) => type);

function readKind(node: Node | undefined, faults: Faults): LayerKind | undefined {
  const type = readText('type', node, faults);
  if (!node || type === undefined) return undefined;
  if (isLayerType(type)) return kindOf(type);
  const message = `there is no layer type ${quoted(type)}; there are ${TYPES.join(', ')}`;
  const meant = faults.addUnknown('unknownType', node, type, TYPES, message);
  return layerKinds.find(kind => kind.type === meant);
}
