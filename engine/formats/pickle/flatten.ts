import type { Note } from '../tensorFile';
import {
  describe,
  isKind,
  printable,
  type Dict,
  type List,
  type StoredElements,
  type Tuple,
  type Value,
} from './values';

type Container = Dict | List | Tuple;

/** An array with the path to it as its name: dict keys and list positions, joined by dots. */
export interface NamedElements {
  readonly name: string;
  readonly elements: StoredElements;
}

/** A tensor file nests a few levels; ten thousand are an attack on whoever walks them. */
const MAX_DEPTH = 64;
const MAX_ARRAYS = 10_000;
const MAX_NOTES = 100;

/** Values looked at. Lists that hold the same list twice, 60 levels deep, have 2^60 values in a few hundred bytes. */
const MAX_VISITS = 10_000_000;

/**
 * The arrays inside dicts, lists and tuples, in the order of the file. An array that is in several places has several
 * names; a container inside itself is entered once.
 * @param root what a bare array is called
 */
export function flatten(value: Value, root: string): { arrays: NamedElements[]; notes: Note[] } {
  const arrays: NamedElements[] = [];
  const notes: Note[] = [];
  /** The containers around the current value. */
  const path = new Set<Value>();
  let visits = 0;

  const note = (name: string, reason: string): void => {
    if (notes.length < MAX_NOTES) notes.push({ name, reason });
    else if (notes.length === MAX_NOTES) notes.push({ name: '', reason: 'and more that are no arrays' });
  };

  const walk = (current: Value, name: string): void => {
    if (isKind(current, 'dict') || isKind(current, 'list') || isKind(current, 'tuple')) enter(current, name);
    else if (!isKind(current, 'array')) note(name, `is ${describe(current)}, not an array`);
    else if (typeof current.content === 'string') note(name, current.content);
    else arrays.push({ name: name || root, elements: current.content });
  };

  const enter = (container: Container, name: string): void => {
    visits += container.kind === 'dict' ? container.items.size : container.items.length;
    const reason = visits > MAX_VISITS ? 'is too much to look at' : whyNotEntered(container, path);
    if (reason) {
      note(name, reason);
      return;
    }
    path.add(container);
    for (const [key, item] of container.items.entries()) {
      if (arrays.length >= MAX_ARRAYS) break;
      walk(item, name ? `${name}.${keyText(key)}` : keyText(key));
    }
    path.delete(container);
  };

  walk(value, '');
  if (arrays.length >= MAX_ARRAYS)
    notes.push({ name: '', reason: `only the first ${MAX_ARRAYS} arrays are shown` });
  return { arrays, notes };
}

function whyNotEntered(container: Container, path: ReadonlySet<Value>): string | undefined {
  if (path.has(container)) return 'is part of itself and not shown again';
  if (path.size >= MAX_DEPTH) return `is nested over ${MAX_DEPTH} levels deep`;
  if (container.kind === 'dict' || container.items.length === 0) return undefined;
  const plain = container.items.every(item => item === null || typeof item !== 'object');
  return plain ? `is a ${container.kind} of ${container.items.length} values, not an array` : undefined;
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key.length > 200 ? `${key.slice(0, 200)}…` : key;
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  if (isKind(key, 'tuple')) {
    return `(${key.items.map(item => (typeof item === 'object' ? '…' : String(item))).join(', ')})`;
  }
  return printable(describe(key));
}
