import { createScanner, parseTree, type Node, type ParseError, type ParseErrorCode } from 'jsonc-parser';
import type { Faults } from './faults';

/** Letters of a file that are read; ten thousand layers take less. */
const MAX_LENGTH = 2 ** 21;
/** A network's file nests five deep; the parser would run out of stack on some thousands. */
const MAX_DEPTH = 32;

/** One entry of an object. The value is missing while it is being typed. */
export interface Property {
  readonly key: Node;
  readonly value?: Node;
}

/** The entries of an object by key: names from a file are only ever keys of a Map. */
export type Properties = ReadonlyMap<string, Property>;

/**
 * What can be read of JSON with comments and trailing commas, be it broken or absurd.
 * @returns undefined if there is no value at all
 */
export function parseJson(text: string, faults: Faults): Node | undefined {
  const end = readableLength(text);
  const errors: ParseError[] = [];
  const root = parseTree(text.slice(0, end), errors, { allowTrailingComma: true });
  if (root) endBy(end, root);
  if (end < text.length) {
    faults.add(
      'tooLarge',
      { offset: end, length: 1 },
      `a network's file has at most ${MAX_LENGTH} letters and nests at most ${MAX_DEPTH} deep; it is read up to here`,
    );
    return root;
  }
  let last = -1;
  for (const { error, offset, length } of errors) {
    // What follows from a fault at the same place says nothing new.
    const range = { offset, length: Math.min(length, text.length - offset) };
    if (offset !== last) faults.add('syntax', range, SYNTAX[error]);
    last = offset;
  }
  return root;
}

/** The parser takes a text that ends with the beginning of a comment for one letter longer, and so what is open there. */
function endBy(end: number, node: { offset: number; length: number; children?: Node[] }): void {
  node.length = Math.min(node.length, end - node.offset);
  const last = node.children?.at(-1);
  if (last) endBy(end, last);
}

/** Tokens of the scanner; its enumeration is ambient. */
const OPENING: readonly number[] = [1, 3];
const CLOSING: readonly number[] = [2, 4];
const END = 17;

/** Where reading has to end: at the limit, or where it gets too deep. */
function readableLength(text: string): number {
  const end = Math.min(text.length, MAX_LENGTH);
  const scanner = createScanner(text.slice(0, end), true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (OPENING.includes(token)) depth++;
    if (CLOSING.includes(token)) depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return end;
}

const SYNTAX: Readonly<Record<ParseErrorCode, string>> = {
  1: 'this is no JSON value: expected a number, "text", true, false, [list] or {object}',
  2: 'this is no number',
  3: 'expected a key in double quotes',
  4: 'expected a value',
  5: 'expected a colon after the key',
  6: 'expected a comma',
  7: 'expected a closing brace }',
  8: 'expected a closing bracket ]',
  9: 'expected nothing more: the network has ended',
  10: 'no comment may stand here',
  11: 'expected the end of the comment: */',
  12: 'expected the end of the text: a double quote',
  13: 'expected the rest of the number',
  14: 'expected four hexadecimal digits after \\u',
  15: 'no such escape: \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u are',
  16: 'this control character has to be escaped',
};

/** The entries of an object; of those with the same key the first counts. */
export function propertiesOf(object: Node, faults: Faults): Properties {
  const properties = new Map<string, Property>();
  for (const { children = [] } of object.children ?? []) {
    const [key, value] = children as [Node, Node | undefined];
    const name = String(key.value);
    if (properties.has(name)) {
      faults.add('duplicateKey', key, `${name} is given twice: the first one counts; remove this one`);
    } else {
      properties.set(name, { key, value });
    }
  }
  return properties;
}

/** The entries by the keys that were meant: of those that are none of `known` it is said which. */
export function knownKeys(
  properties: Properties,
  known: readonly string[],
  owner: string,
  faults: Faults,
): Properties {
  const meant = new Map(properties);
  for (const [name, property] of properties) {
    if (known.includes(name)) continue;
    const free = known.filter(key => !meant.has(key));
    const message = `${owner} has no ${quoted(name)}; it takes ${known.join(', ')}`;
    const key = faults.addUnknown('unknownKey', property.key, name, free, message);
    meant.delete(name);
    if (key !== undefined) meant.set(key, property);
  }
  return meant;
}

/** Items of a list that messages quote. */
const QUOTED_ITEMS = 8;

/** What was written, for messages: short. */
export function written({ type, value, children = [] }: Node): string {
  if (type === 'object') return 'an object';
  if (type !== 'array') return quoted(value);
  const items = children.slice(0, QUOTED_ITEMS).map(item => (item.type === 'array' ? '[…]' : written(item)));
  return `[${items.join(', ')}${children.length > QUOTED_ITEMS ? ', …' : ''}]`;
}

export function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
