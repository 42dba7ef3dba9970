import type { Node } from 'jsonc-parser';
import { FORMS } from '../kinds/attributes';
import type { AttributeForm, AttributeValue } from '../kinds/kind';
import type { Faults } from './faults';
import { written, type Properties } from './json';

/** @returns undefined if it is of another kind, which is then said */
export function readAttribute(
  name: string,
  node: Node,
  form: AttributeForm,
  faults: Faults,
): AttributeValue | undefined {
  const { is, words } = FORMS[form];
  const value: unknown =
    node.type === 'array' ? node.children!.map(child => child.value as unknown) : node.value;
  if (is(value)) return value as AttributeValue;
  wrongKind(name, node, words, faults);
  return undefined;
}

/** A text that is not empty. */
export function readText(name: string, node: Node | undefined, faults: Faults): string | undefined {
  if (!node) return undefined;
  if (isName(node.value)) return node.value;
  if (node.value === '') faults.add('wrongKind', node, `${name} must not be empty`);
  else wrongKind(name, node, 'a text in double quotes', faults);
  return undefined;
}

/** One text, or a list of them. Those that are none are left out, and said. */
export function readTexts(name: string, node: Node | undefined, faults: Faults): readonly Node[] {
  if (!node) return [];
  const items = node.type === 'array' ? node.children! : [node];
  return items.filter(item => readText(name, item, faults) !== undefined);
}

/** A whole number from 0. */
export function readIndex(name: string, node: Node | undefined, faults: Faults): number | undefined {
  if (!node) return undefined;
  if (Number.isSafeInteger(node.value) && (node.value as number) >= 0) return node.value as number;
  wrongKind(name, node, 'a whole number from 0', faults);
  return undefined;
}

/** The value of a key; undefined while there is none. */
export function valueOf(properties: Properties, key: string): Node | undefined {
  return properties.get(key)?.value;
}

export function wrongKind(name: string, node: Node, expected: string, faults: Faults): void {
  faults.add('wrongKind', node, `${name} must be ${expected}; it is ${written(node)}`);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
