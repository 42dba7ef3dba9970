import type { Note } from '../tensorFile';
import { accessOf } from './accessOf';
import { childrenOf, hasChildren } from './children';
import { keyText } from './describe';
import { pandasParts } from './pandas';
import { isKind, type ArrayContent, type ArrayObject, type InertObject, type Value } from './values';

/** An array with the path to it as its name: dict keys, attributes and positions, joined by dots. */
export interface NamedContent {
  readonly name: string;
  /** How Python gets at it; undefined where objects with a state of their own are in between. */
  readonly access: string | undefined;
  readonly content: Exclude<ArrayContent, string>;
}

/** A tensor file nests a few levels; ten thousand are an attack on whoever walks them. */
const MAX_DEPTH = 64;
const MAX_ARRAYS = 100_000;
const MAX_NOTES = 100;

/** Names of one array: lists that hold the same list twice, 60 levels deep, give 2^60 in a few hundred bytes. */
const MAX_NAMES = 1000;

/** Values looked at. */
const MAX_VISITS = 2_000_000;

/** Attributes of a torch.nn.Module that hold what Python shows as attributes of the module itself. */
const MODULE_DICTS: ReadonlySet<Value> = new Set(['_parameters', '_buffers', '_modules']);

/**
 * The arrays inside a value, in the order of the file. An array that is in several places has several names; a container
 * inside itself is entered once.
 * @param root what a bare array is called
 */
export function namedArrays(value: Value, root: string): { arrays: NamedContent[]; notes: Note[] } {
  const arrays: NamedContent[] = [];
  const notes: Note[] = [];
  /** The containers around the current value. */
  const path = new Set<Value>();
  /** Containers in which there is nothing to tell: they are not entered again. */
  const barren = new Set<Value>();
  const timesNamed = new Map<Value, number>();
  let visits = 0;

  const note = (name: string, reason: string): void => {
    if (notes.length < MAX_NOTES) notes.push({ name, reason });
    else if (notes.length === MAX_NOTES) notes.push({ name: '', reason: 'and more that are not shown' });
  };

  const list = (array: ArrayObject, name: string, access: string | undefined): void => {
    const times = (timesNamed.get(array) ?? 0) + 1;
    timesNamed.set(array, times);
    if (times > MAX_NAMES + 1) return;
    if (times > MAX_NAMES) note(name, `has ${MAX_NAMES} names already and is not listed again`);
    else if (typeof array.content === 'string') note(name, array.content);
    else arrays.push({ name: name || root, access, content: array.content });
  };

  const walk = (current: Value, name: string, access: string | undefined): void => {
    visits++;
    if (isKind(current, 'array')) list(current, name, access);
    if (!hasChildren(current) || barren.has(current) || path.has(current)) return;
    if (path.size >= MAX_DEPTH) {
      note(name, `is nested over ${MAX_DEPTH} levels deep`);
      return;
    }
    const found = arrays.length + notes.length;
    path.add(current);
    enter(current, name, access);
    path.delete(current);
    if (arrays.length + notes.length === found) barren.add(current);
  };

  const enter = (container: Value, name: string, access: string | undefined): void => {
    for (const [key, child] of childrenOf(container)) {
      if (arrays.length >= MAX_ARRAYS || visits >= MAX_VISITS) return;
      const frame = isKind(container, 'object') ? pandasParts(child) : undefined;
      if (frame) for (const [part, value] of frame) walk(value, part ? join(name, part) : name, undefined);
      else if (isKind(container, 'object') && isModuleDict(container, key)) enter(child, name, undefined);
      else walk(child, join(name, key), accessOf(access, container, key));
    }
  };

  walk(value, '', '');
  if (arrays.length >= MAX_ARRAYS)
    notes.push({ name: '', reason: `only the first ${MAX_ARRAYS} arrays are shown` });
  else if (visits >= MAX_VISITS)
    notes.push({ name: '', reason: `only the first ${MAX_VISITS} values are looked at` });
  return { arrays, notes };
}

function isModuleDict({ entries }: InertObject, key: Value): boolean {
  return MODULE_DICTS.has(key) && isKind(entries.get(key), 'dict') && entries.has('_modules');
}

function join(name: string, key: Value): string {
  return name ? `${name}.${keyText(key)}` : keyText(key);
}
