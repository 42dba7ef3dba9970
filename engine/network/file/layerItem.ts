import type { Node } from 'jsonc-parser';
import { isLayerType, kindOf, layerKinds } from '../kinds';
import type { LayerKind } from '../kinds/kind';
import type { Faults } from './faults';
import { propertiesOf, quoted, type Properties } from './json';
import { nearestName } from './nearestName';
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
  const properties = propertiesOf(node, faults);
  if (!properties.has('type')) {
    faults.add('missingKey', { offset: node.offset, length: 1 }, `a layer needs a type: ${TYPES.join(', ')}`);
  }
  return [{ index, node, properties, kind: readKind(valueOf(properties, 'type'), faults) }];
}

const TYPES: readonly string[] = layerKinds.map(({ type }) => type);

function readKind(node: Node | undefined, faults: Faults): LayerKind | undefined {
  const type = readText('type', node, faults);
  if (!node || type === undefined) return undefined;
  if (isLayerType(type)) return kindOf(type);
  const message = `there is no layer type ${quoted(type)}; there are ${TYPES.join(', ')}`;
  faults.addUnknown('unknownType', node, type, TYPES, message);
  const meant = nearestName(type, TYPES);
  return layerKinds.find(kind => kind.type === meant);
}
