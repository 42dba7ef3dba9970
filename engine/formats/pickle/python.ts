import { latin1Source } from './latin1';
import {
  inert,
  isKind,
  type Constructor,
  type Dict,
  type InertObject,
  type Machine,
  type Value,
} from './values';

/** Names of Python's own library that are data. */
export const PYTHON_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ['_codecs.encode', encode],
  ['collections.OrderedDict', dict],
  ['collections.defaultdict', (args, machine) => dict(args.slice(1), machine)],
  ...['copyreg', 'copy_reg'].flatMap((module): [string, Constructor][] => [
    [`${module}._reconstructor`, reconstructor],
    [`${module}.__newobj__`, ([type, ...args]) => inert(classNameOf(type), args)],
  ]),
  ...builtins('builtins'),
  ...builtins('__builtin__'),
  ...known('argparse.Namespace', 'pathlib.PosixPath', 'pathlib.WindowsPath', 'decimal.Decimal'),
  ...known('datetime.datetime', 'datetime.date', 'datetime.timedelta', 'collections.Counter'),
];

function builtins(module: string): [string, Constructor][] {
  return [
    [`${module}.list`, sequence('list')],
    [`${module}.tuple`, sequence('tuple')],
    [`${module}.set`, sequence('set')],
    [`${module}.frozenset`, sequence('set')],
    [`${module}.dict`, dict],
    [`${module}.bytes`, bytes],
    [`${module}.bytearray`, bytes],
    ...known(
      ...['int', 'float', 'bool', 'str', 'object', 'complex', 'slice', 'range'].map(
        name => `${module}.${name}`,
      ),
    ),
  ];
}

/** Names whose objects are data: shown as they are, without a note. */
export function known(...names: string[]): [string, Constructor][] {
  return names.map(name => [name, args => inert(name, args)]);
}

/** The name of a class that is given as an argument. */
export function classNameOf(type: Value | undefined): string {
  return isKind(type, 'global') ? type.name : 'object';
}

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 of Python 3 write bytes. */
function encode([text, codec]: readonly Value[], machine: Machine): Value {
  if (typeof text !== 'string') return machine.fail('_codecs.encode of something that is not a text');
  if (codec !== 'latin1' && codec !== 'latin-1')
    return machine.fail('_codecs.encode to a codec other than latin1');
  return { kind: 'bytes', source: latin1Source(text) };
}

/** `bytes()`, `bytearray(b'…')`, or `bytearray('…', 'latin-1')` as Python 3 writes it in protocols 0 to 2. */
function bytes(args: readonly Value[], machine: Machine): Value {
  const [content] = args;
  if (args.length === 0) return { kind: 'bytes', source: latin1Source('') };
  if (args.length === 2) return encode(args, machine);
  if (isKind(content, 'bytes')) return content;
  return machine.fail('bytes of something that is not bytes');
}

/** `copyreg._reconstructor(class, base, state)`: how protocols 0 and 1 make objects; a base such as dict has the state. */
function reconstructor([type, , state]: readonly Value[], machine: Machine): InertObject {
  const object = inert(classNameOf(type), []);
  if (isKind(state, 'dict')) {
    machine.spend(state.items.size);
    for (const [key, value] of state.items) object.entries.set(key, value);
  } else if (isKind(state, 'list') || isKind(state, 'tuple')) {
    machine.spend(state.items.length);
    for (const item of state.items) object.items.push(item);
  }
  return object;
}

function sequence(kind: 'list' | 'tuple' | 'set'): Constructor {
  return (args, machine) => {
    const items = itemsOf(args, machine);
    return items ? { kind, items } : inert(kind, args);
  };
}

/** `dict()`, `dict(other)` or `dict([(key, value), …])`. */
function dict(args: readonly Value[], machine: Machine): Dict | InertObject {
  const [other] = args;
  if (isKind(other, 'dict')) {
    machine.spend(other.items.size);
    return { kind: 'dict', items: new Map(other.items) };
  }
  const items = new Map<Value, Value>();
  const pairs = itemsOf(args, machine);
  if (!pairs) return inert('dict', args);
  for (const pair of pairs) {
    const keyAndValue = itemsOf([pair], machine);
    if (keyAndValue?.length !== 2) return machine.fail('a dict of something that is not pairs');
    items.set(keyAndValue[0], keyAndValue[1]);
  }
  return { kind: 'dict', items };
}

/** A copy of the items of the only argument; none if there is none; undefined if we do not know its items. */
function itemsOf(args: readonly Value[], machine: Machine): Value[] | undefined {
  if (args.length === 0) return [];
  const [iterable] = args;
  if (isKind(iterable, 'object')) return undefined;
  if (!isKind(iterable, 'list') && !isKind(iterable, 'tuple') && !isKind(iterable, 'set')) {
    return machine.fail('a list, set or dict of something that is not a sequence');
  }
  machine.spend(iterable.items.length);
  return [...iterable.items];
}
