import { FormatError, UnsupportedError } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import type { ByteSource } from '../byteSource';
import type { GlobalTable } from './globals';
import { parseFloatLine, parseIntegerLine, parseStringLine, parseUnicodeLine } from './literals';
import { append, build, callGlobal, setItems } from './objects';
import { opcodeOf, type Opcode } from './opcodes';
import { PickleReader } from './reader';
import { PickleStack } from './stack';
import type { Machine, PersistentIds, Value } from './values';

/** Work a file may ask for: opcodes, and items copied by them. Ten million keep lists of Python numbers readable. */
const MAX_WORK = 10_000_000;

/** Opcodes between two turns of the event loop: a few milliseconds. */
const TURN = 1 << 14;

/** Python 2 strings up to this length may be names; longer ones are the data of arrays and stay in the file. */
const MAX_NAME = 1024;

/** Pickles inside pickles: an array of objects in a file of joblib, a storage of PyTorch in a pickle. */
const MAX_NESTING = 8;

export interface PickleOptions {
  /** What the names in the file stand for; also remembers those that are not known. */
  readonly globals: GlobalTable;
  /** The value of a persistent id, for formats that have them. */
  readonly persistent?: PersistentIds;
  readonly signal?: AbortSignal;
}

/**
 * Interprets a pickle as data. Names in it are only looked up in our own table; nothing is imported or called.
 * Source: CPython, Lib/pickle.py (class _Unpickler) and the comments in Lib/pickletools.py.
 * @param start position of the first opcode
 * @returns the value, and the position after its STOP
 * @throws FormatError with the opcode's position: at damage; UnsupportedError if the data is elsewhere
 */
export async function loadPickle(
  source: ByteSource,
  options: PickleOptions,
  start = 0,
  around: { work: number; depth: number } = { work: 0, depth: 0 },
): Promise<{ value: Value; end: number }> {
  const reader = new PickleReader(source, options.signal, start);
  let at = start;
  const machine: Machine = {
    source,
    reader,
    fail(message) {
      throw new FormatError('pickle', message, at);
    },
    spend(count) {
      around.work += count;
      if (around.work > MAX_WORK) machine.fail(`over ${MAX_WORK} steps; save the arrays as .npz`);
    },
    async nested(inner, start, persistent) {
      if (around.depth >= MAX_NESTING)
        machine.fail(`pickles inside pickles, over ${MAX_NESTING} levels deep`);
      around.depth++;
      const result = await loadPickle(inner, { ...options, persistent }, start, around);
      around.depth--;
      return result;
    },
  };
  const stack = new PickleStack(message => machine.fail(message));
  for (let count = 1; ; count++) {
    if (count % TURN === 0) await nextTurn(options.signal);
    machine.spend(1);
    at = reader.position;
    await reader.prepare();
    const byte = reader.unsigned(1);
    const opcode = opcodeOf(byte);
    if (opcode === undefined) {
      const hex = byte.toString(16).padStart(2, '0');
      return machine.fail(`0x${hex} is no opcode: ${at ? 'the file is damaged' : 'this is not a pickle'}`);
    }
    if (opcode === 'STOP') return { value: stack.pop(), end: reader.position };
    const value = await run(opcode, reader, stack, machine, options);
    if (value !== undefined) stack.push(value);
  }
}

/** Runs one opcode and returns the value that it pushes, if any. */
async function run(
  opcode: Exclude<Opcode, 'STOP'>,
  reader: PickleReader,
  stack: PickleStack,
  machine: Machine,
  { globals, persistent = refusePersistent }: PickleOptions,
): Promise<Value | undefined> {
  const parsedLine = async <T>(parse: (line: string) => T | undefined, what: string): Promise<T> =>
    parse(await reader.line()) ?? machine.fail(`a line that should be ${what} is not`);
  const payload = (length: number): Value => ({ kind: 'bytes', source: reader.payload(length) });
  const memoKey = async () => Number(await parsedLine(parseIntegerLine, 'a number of the memo'));

  switch (opcode) {
    // Numbers, texts and bytes
    case 'NONE':
      return null;
    case 'NEWTRUE':
      return true;
    case 'NEWFALSE':
      return false;
    case 'BININT1':
      return reader.unsigned(1);
    case 'BININT2':
      return reader.unsigned(2);
    case 'BININT':
      return reader.signed4();
    case 'BINFLOAT':
      return reader.float8();
    case 'LONG1':
      return reader.integer(reader.unsigned(1));
    case 'LONG4':
      return reader.integer(reader.signed4());
    case 'INT':
    case 'LONG':
      return parsedLine(parseIntegerLine, 'a whole number');
    case 'FLOAT':
      return parsedLine(parseFloatLine, 'a number');
    case 'STRING':
      return parsedLine(parseStringLine, 'a text in quotes');
    case 'UNICODE':
      return parseUnicodeLine(await reader.lineBytes()) ?? machine.fail('a text with damaged escapes');
    case 'SHORT_BINUNICODE':
      return reader.text(reader.unsigned(1));
    case 'BINUNICODE':
      return reader.text(reader.unsigned(4));
    case 'BINUNICODE8':
      return reader.text(reader.unsigned(8));
    case 'SHORT_BINSTRING':
      return reader.latin1(reader.unsigned(1));
    case 'BINSTRING': {
      const length = reader.signed4();
      return length > MAX_NAME ? payload(length) : reader.latin1(length);
    }
    case 'SHORT_BINBYTES':
      return payload(reader.unsigned(1));
    case 'BINBYTES':
      return payload(reader.unsigned(4));
    case 'BINBYTES8':
    case 'BYTEARRAY8':
      return payload(reader.unsigned(8));

    // Containers
    case 'EMPTY_LIST':
      return { kind: 'list', items: [] };
    case 'LIST':
      return { kind: 'list', items: stack.popToMark() };
    case 'EMPTY_TUPLE':
      return { kind: 'tuple', items: [] };
    case 'TUPLE':
      return { kind: 'tuple', items: stack.popToMark() };
    case 'TUPLE1':
      return { kind: 'tuple', items: stack.popMany(1) };
    case 'TUPLE2':
      return { kind: 'tuple', items: stack.popMany(2) };
    case 'TUPLE3':
      return { kind: 'tuple', items: stack.popMany(3) };
    case 'EMPTY_DICT':
      return { kind: 'dict', items: new Map() };
    case 'DICT': {
      const dict: Value = { kind: 'dict', items: new Map() };
      setItems(dict, stack.popToMark(), machine);
      return dict;
    }
    case 'EMPTY_SET':
      return { kind: 'set', items: [] };
    case 'FROZENSET':
      return { kind: 'set', items: stack.popToMark() };
    case 'APPEND': {
      const items = stack.popMany(1);
      append(stack.top(), items, machine);
      return;
    }
    case 'APPENDS':
    case 'ADDITEMS': {
      const items = stack.popToMark();
      append(stack.top(), items, machine);
      return;
    }
    case 'SETITEM': {
      const pair = stack.popMany(2);
      setItems(stack.top(), pair, machine);
      return;
    }
    case 'SETITEMS': {
      const pairs = stack.popToMark();
      setItems(stack.top(), pairs, machine);
      return;
    }

    // Stack and memo
    case 'MARK':
      stack.mark();
      return;
    case 'POP':
      stack.drop();
      return;
    case 'POP_MARK':
      stack.popToMark();
      return;
    case 'DUP':
      return stack.top();
    case 'PUT':
      stack.memoize(await memoKey());
      return;
    case 'BINPUT':
      stack.memoize(reader.unsigned(1));
      return;
    case 'LONG_BINPUT':
      stack.memoize(reader.unsigned(4));
      return;
    case 'MEMOIZE':
      stack.memoize();
      return;
    case 'GET':
      return stack.recall(await memoKey());
    case 'BINGET':
      return stack.recall(reader.unsigned(1));
    case 'LONG_BINGET':
      return stack.recall(reader.unsigned(4));

    // Names, and what Python would call
    case 'GLOBAL':
      return globals.find(await reader.line(), await reader.line(), machine);
    case 'STACK_GLOBAL': {
      const [module, name] = stack.popMany(2);
      return globals.find(module, name, machine);
    }
    case 'INST': {
      const callee = globals.find(await reader.line(), await reader.line(), machine);
      return callGlobal(callee, { kind: 'tuple', items: stack.popToMark() }, machine);
    }
    case 'OBJ': {
      const [callee, ...items] = stack.popToMark();
      return callGlobal(callee, { kind: 'tuple', items }, machine);
    }
    case 'REDUCE':
    case 'NEWOBJ': {
      const [callee, args] = stack.popMany(2);
      return callGlobal(callee, args, machine);
    }
    case 'NEWOBJ_EX': {
      const [callee, args] = stack.popMany(3);
      return callGlobal(callee, args, machine);
    }
    case 'BUILD': {
      const state = stack.pop();
      await build(stack.top(), state, machine);
      return;
    }

    case 'PROTO': {
      const protocol = reader.unsigned(1);
      if (protocol > 5) machine.fail(`protocol ${protocol} is not known, only 0 to 5 are`);
      return;
    }
    case 'FRAME':
      reader.unsigned(8); // frames only tell a reader what to buffer
      return;
    case 'READONLY_BUFFER':
      return;
    case 'PERSID':
      return persistent(await reader.line(), machine);
    case 'BINPERSID':
      return persistent(stack.pop(), machine);
    case 'NEXT_BUFFER':
      return refuseOutside('out-of-band buffers');
    case 'EXT1':
    case 'EXT2':
    case 'EXT4':
      return refuseOutside('extension codes, which only the program that wrote it knows');
  }
}

function refusePersistent(): never {
  return refuseOutside('persistent ids, as PyTorch writes them');
}

function refuseOutside(means: string): never {
  throw new UnsupportedError(`pickle: part of its data is elsewhere (${means}); save the arrays as .npz`);
}
