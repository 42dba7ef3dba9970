import type { Node } from 'jsonc-parser';
import type { Network, OpenShape, TensorReference } from '../network';
import type { Faults } from './faults';
import { knownKeys, propertiesOf, type Properties } from './json';
import { readAttribute, readIndex, readText, readTexts, valueOf, wrongKind } from './values';

export const HEAD_KEYS = ['name', 'input', 'params', 'layers', '$schema'];
const REFERENCE_KEYS = ['file', 'array', 'sample'];

/** Everything of a network but its layers. Where no input shape is given it is empty. */
export function readHead(root: Node, properties: Properties, faults: Faults): Omit<Network, 'layers'> {
  if (!properties.has('input')) {
    faults.add(
      'missingKey',
      { offset: root.offset, length: 1 },
      'the network has no input; give its shape: "input": {"shape": ["N", 1, 28, 28]}',
    );
  }
  return {
    name: readText('name', valueOf(properties, 'name'), faults) ?? 'network',
    input: readInput(valueOf(properties, 'input'), faults),
    params: readTexts('params', valueOf(properties, 'params'), faults).map(({ value }) => value as string),
  };
}

function readInput(node: Node | undefined, faults: Faults): Network['input'] {
  if (!node) return { shape: [] };
  if (node.type !== 'object') {
    wrongKind('input', node, 'an object, e.g. {"shape": ["N", 1, 28, 28]}', faults);
    return { shape: [] };
  }
  const properties = knownKeys(propertiesOf(node, faults), ['shape', ...REFERENCE_KEYS], 'input', faults);
  const shape = valueOf(properties, 'shape');
  if (!properties.has('shape')) {
    faults.add('missingKey', node, 'input has no shape; give one, e.g. "shape": ["N", 1, 28, 28]');
  }
  const isTensor = REFERENCE_KEYS.some(key => properties.has(key));
  const tensor = isTensor ? readReference(node, properties, 'input', faults) : undefined;
  return { shape: (shape && readShape(shape, faults)) ?? [], tensor };
}

function readShape(node: Node, faults: Faults): OpenShape | undefined {
  const shape = readAttribute('shape', node, 'shape', faults) as OpenShape | undefined;
  if (!shape || (shape.length > 0 && !shape.includes(-1))) return shape;
  wrongKind(
    'shape',
    node,
    'a list of sizes from 1, or names of sizes left open, e.g. ["N", 1, 28, 28]',
    faults,
  );
  return undefined;
}

/** The labels of a loss: an array of a file, or class numbers. */
export function readTarget(node: Node, faults: Faults): TensorReference | readonly number[] | undefined {
  if (node.type === 'array') {
    const labels = node.children!.map(label => readIndex('target', label, faults));
    return labels.filter(label => label !== undefined);
  }
  if (node.type !== 'object') {
    wrongKind('target', node, 'a list of class numbers, or {"file": "digits.npz", "array": "t"}', faults);
    return undefined;
  }
  const properties = knownKeys(propertiesOf(node, faults), REFERENCE_KEYS, 'target', faults);
  return readReference(node, properties, 'target', faults);
}

function readReference(
  node: Node,
  properties: Properties,
  owner: string,
  faults: Faults,
): TensorReference | undefined {
  if (!properties.has('file'))
    faults.add('missingKey', node, `${owner} names no file; say which file holds the array`);
  const file = readText(`the file of ${owner}`, valueOf(properties, 'file'), faults);
  const array = readText(`the array of ${owner}`, valueOf(properties, 'array'), faults);
  const sample = readIndex(`the sample of ${owner}`, valueOf(properties, 'sample'), faults);
  return file === undefined ? undefined : { file, array, sample };
}
