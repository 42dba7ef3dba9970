import { buildDType } from './dtypes';
import { inert, isKind, type InertObject, type Machine, type Value } from './values';

/**
 * Stands in for `callee(*args)`. Names of our own table make what Python would have made; of all others it is recorded
 * what they would have been given. Nothing of the file is called.
 */
export function callGlobal(callee: Value | undefined, args: Value, machine: Machine): Value | Promise<Value> {
  if (isKind(callee, 'object')) return inert(`${callee.name}()`, [callee, args]);
  if (!isKind(callee, 'global')) return machine.fail('a call of something that is not a name');
  if (!isKind(args, 'tuple')) return machine.fail('a call whose arguments are not a tuple');
  machine.spend(args.items.length);
  return callee.construct ? callee.construct(args.items, machine) : inert(callee.name, args.items);
}

/** Stands in for `target.__setstate__(state)`; a promise where bytes have to be read for that. */
export function build(target: Value, state: Value, machine: Machine): Promise<void> | undefined {
  if (isKind(target, 'dtype')) return buildDType(target, state, machine);
  if (isKind(target, 'array') && target.build) return target.build(target, state, machine);
  // A tensor of a subclass, or a parameter, with attributes of its own.
  if (isKind(target, 'array')) target.parts.set('state', state);
  else if (isKind(target, 'object')) setAttributes(target, state, machine);
  // Attributes of a dict or a list are left out.
  else if (!isKind(target, 'dict') && !isKind(target, 'list') && !isKind(target, 'set')) {
    machine.fail('a state is set on something that has none');
  }
  return undefined;
}

/** A state is the dict of attributes, a pair of that and the dict of slots, or what only the class understands. */
function setAttributes(target: InertObject, state: Value, machine: Machine): void {
  const pair = isKind(state, 'tuple') && state.items.length === 2 ? state.items : [state];
  const dicts = pair.filter(part => isKind(part, 'dict'));
  if (dicts.length + pair.filter(part => part === null).length < pair.length) {
    target.entries.set('state', state);
    return;
  }
  for (const { items } of dicts) {
    machine.spend(items.size);
    for (const [key, value] of items) target.entries.set(key, value);
  }
}

/** Stands in for `target.extend(items)` of a list, a set, or an object that may be either. */
export function append(target: Value, items: readonly Value[], machine: Machine): void {
  if (!isKind(target, 'list') && !isKind(target, 'set') && !isKind(target, 'object')) {
    return machine.fail('items are added to something that is neither list nor set');
  }
  for (const item of items) target.items.push(item);
}

/** Stands in for `target[key] = value`, for keys and values in turn. */
export function setItems(target: Value, keysAndValues: readonly Value[], machine: Machine): void {
  const entries = isKind(target, 'dict') ? target.items : isKind(target, 'object') && target.entries;
  if (!entries) return machine.fail('items are set on something that is not a dict');
  if (keysAndValues.length % 2 === 1) return machine.fail('a key without a value');
  for (let i = 0; i < keysAndValues.length; i += 2) entries.set(keysAndValues[i], keysAndValues[i + 1]);
}
