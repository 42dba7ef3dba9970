import { isKind, type Value } from './values';

/** The values inside a value, each with its key, attribute or position; scalars have none. */
export function* childrenOf(value: Value): Generator<[key: Value, child: Value]> {
  if (isKind(value, 'dict')) yield* value.items;
  else if (isKind(value, 'list') || isKind(value, 'tuple') || isKind(value, 'set'))
    yield* value.items.entries();
  else if (isKind(value, 'array')) yield* value.parts;
  else if (isKind(value, 'object')) {
    yield* value.items.entries();
    yield* value.entries;
  }
}

/** Whether a value can have others inside. */
export function hasChildren(value: Value): boolean {
  return (
    isKind(value, 'dict') ||
    isKind(value, 'list') ||
    isKind(value, 'tuple') ||
    isKind(value, 'set') ||
    isKind(value, 'object') ||
    (isKind(value, 'array') && value.parts.size > 0)
  );
}
