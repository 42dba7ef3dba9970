import { NUMPY_GLOBALS } from './arrays';
import { latin1Source } from './latin1';
import {
  isKind,
  printable,
  type Constructor,
  type Dict,
  type Global,
  type Interpreter,
  type Value,
} from './values';

/**
 * The policy on the names in a pickle, all of it: a name in this table is read as data, every other one is refused as
 * soon as it appears. The rule of PyTorch's weights_only and of fickling: allow what is known, never list what is bad.
 */
const ALLOWED: ReadonlyMap<string, Constructor> = new Map([
  ...NUMPY_GLOBALS,
  ['_codecs.encode', encode],
  ['collections.OrderedDict', dict],
  ['collections.defaultdict', (args, interpreter) => dict(args.slice(1), interpreter)],
  ...builtins('builtins'),
  ...builtins('__builtin__'),
  ...opaque('argparse.Namespace', 'datetime.datetime', 'datetime.date', 'pathlib.PosixPath'),
]);

function builtins(module: string): [string, Constructor][] {
  return [
    [`${module}.list`, (args, interpreter) => ({ kind: 'list', items: itemsOf(args, interpreter) })],
    [`${module}.dict`, dict],
    [`${module}.set`, (args, interpreter) => ({ kind: 'set', items: itemsOf(args, interpreter) })],
    [`${module}.frozenset`, (args, interpreter) => ({ kind: 'set', items: itemsOf(args, interpreter) })],
    [`${module}.bytes`, bytes],
    [`${module}.bytearray`, bytes],
    // Types that stand as the default of a defaultdict, and values that are no arrays.
    ...opaque(
      ...['int', 'float', 'bool', 'str', 'complex', 'slice', 'range'].map(name => `${module}.${name}`),
    ),
  ];
}

/** Names whose objects are data, but of no use to us. */
function opaque(...names: string[]): [string, Constructor][] {
  return names.map(name => [name, () => ({ kind: 'opaque', name })]);
}

/** The name as the file gives it, if it is known to be data. @throws FormatError if not */
export function findGlobal(module: Value, name: Value, interpreter: Interpreter): Global {
  if (typeof module !== 'string' || typeof name !== 'string')
    return interpreter.fail('a name that is not a text');
  const dotted = `${module}.${name}`;
  const construct = ALLOWED.get(dotted);
  if (construct) return { kind: 'global', name: dotted, construct };
  return interpreter.fail(
    `refuses ${printable(dotted)}: loading this file in Python would run it; nothing was run. Only NumPy arrays in dicts, lists and tuples are read`,
  );
}

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 of Python 3 write bytes. */
function encode([text, codec]: readonly Value[], interpreter: Interpreter): Value {
  if (typeof text !== 'string') return interpreter.fail('_codecs.encode of something that is not a text');
  if (codec !== 'latin1' && codec !== 'latin-1')
    return interpreter.fail('_codecs.encode to a codec other than latin1');
  return { kind: 'bytes', source: latin1Source(text) };
}

/** `bytes()`, `bytearray(b'…')`, or `bytearray('…', 'latin-1')` as Python 3 writes it in protocols 0 to 2. */
function bytes(args: readonly Value[], interpreter: Interpreter): Value {
  const [content] = args;
  if (args.length === 0) return { kind: 'bytes', source: latin1Source('') };
  if (args.length === 2) return encode(args, interpreter);
  if (isKind(content, 'bytes')) return content;
  return interpreter.fail('bytes of something that is not bytes');
}

/** `dict()` or `dict([(key, value), …])`. */
function dict(args: readonly Value[], interpreter: Interpreter): Dict {
  const items = new Map<Value, Value>();
  for (const pair of itemsOf(args, interpreter)) {
    const keyAndValue = itemsOf([pair], interpreter);
    if (keyAndValue.length !== 2) return interpreter.fail('a dict of something that is not pairs');
    items.set(keyAndValue[0], keyAndValue[1]);
  }
  return { kind: 'dict', items };
}

/** A copy of the items of the only argument; none if there is none. */
function itemsOf(args: readonly Value[], interpreter: Interpreter): Value[] {
  if (args.length === 0) return [];
  const [iterable] = args;
  if (!isKind(iterable, 'list') && !isKind(iterable, 'tuple') && !isKind(iterable, 'set')) {
    return interpreter.fail('a list, set or dict of something that is not a sequence');
  }
  interpreter.spend(iterable.items.length);
  return [...iterable.items];
}
