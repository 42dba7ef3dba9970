import { buildArray, buildDType } from './arrays';
import { isKind, type Interpreter, type Value } from './values';

/** Stands in for `callee(*args)`: only names of our own table have a stand-in, and nothing of the file is called. */
export function callGlobal(callee: Value | undefined, args: Value, interpreter: Interpreter): Value {
  if (!isKind(callee, 'global')) return interpreter.fail('a call of something that is not a name');
  if (!isKind(args, 'tuple')) return interpreter.fail('a call whose arguments are not a tuple');
  return callee.construct(args.items, interpreter);
}

/** Stands in for `target.__setstate__(state)`. */
export function build(target: Value, state: Value, interpreter: Interpreter): void {
  if (isKind(target, 'array')) buildArray(target, state, interpreter);
  else if (isKind(target, 'dtype')) buildDType(target, state, interpreter);
  // Attributes of a dict or of an object we cannot show are left out.
  else if (!isKind(target, 'dict') && !isKind(target, 'opaque')) {
    interpreter.fail('a state is set on something that has none');
  }
}

/** Stands in for `target.extend(items)` of a list or a set. */
export function append(target: Value, items: readonly Value[], interpreter: Interpreter): void {
  if (!isKind(target, 'list') && !isKind(target, 'set')) {
    return interpreter.fail('items are added to something that is neither list nor set');
  }
  for (const item of items) target.items.push(item);
}

/** Stands in for `target[key] = value`, for keys and values in turn. */
export function setItems(target: Value, keysAndValues: readonly Value[], interpreter: Interpreter): void {
  if (!isKind(target, 'dict')) return interpreter.fail('items are set on something that is not a dict');
  if (keysAndValues.length % 2 === 1) return interpreter.fail('a key without a value');
  for (let i = 0; i < keysAndValues.length; i += 2) target.items.set(keysAndValues[i], keysAndValues[i + 1]);
}
