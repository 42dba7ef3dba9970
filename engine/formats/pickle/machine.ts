import { FormatError, UnsupportedError } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import type { ByteSource } from '../byteSource';
import { append, build, callGlobal, setItems } from './objects';
import { findGlobal } from './globals';
import { parseFloatLine, parseIntegerLine, parseStringLine, parseUnicodeLine } from './literals';
import { opcodeOf, type Opcode } from './opcodes';
import { PickleReader } from './reader';
import { PickleStack } from './stack';
import type { Interpreter, Value } from './values';

/** Work a file may ask for: opcodes, and items copied by them. Ten million keep lists of Python numbers readable. */
const MAX_WORK = 10_000_000;

/** Opcodes between two turns of the event loop: a few milliseconds. */
const TURN = 1 << 14;

/** Python 2 strings up to this length may be names; longer ones are the data of arrays and stay in the file. */
const MAX_NAME = 1024;

/**
 * Interprets a pickle as data. Names in it are only looked up in our own table; nothing is imported or called.
 * Source: CPython, Lib/pickle.py (class _Unpickler) and the comments in Lib/pickletools.py.
 * @returns the value, and the position after its STOP
 * @throws FormatError with the opcode's position: at damage, and at every name that is not known to be data;
 *   UnsupportedError if the data is elsewhere
 */
export async function loadPickle(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<{ value: Value; end: number }> {
  const reader = new PickleReader(source, signal);
  let at = 0;
  let work = 0;
  const interpreter: Interpreter = {
    fail(message) {
      throw new FormatError('pickle', message, at);
    },
    spend(count) {
      work += count;
      if (work > MAX_WORK) interpreter.fail(`over ${MAX_WORK} steps; save the arrays as .npz`);
    },
  };
  const stack = new PickleStack(message => interpreter.fail(message));
  for (let count = 1; ; count++) {
    if (count % TURN === 0) await nextTurn(signal);
    interpreter.spend(1);
    at = reader.position;
    await reader.prepare();
    const byte = reader.unsigned(1);
    const opcode = opcodeOf(byte);
    if (opcode === undefined) {
      const hex = byte.toString(16).padStart(2, '0');
      return interpreter.fail(
        `0x${hex} is no opcode: ${at ? 'the file is damaged' : 'this is not a pickle'}`,
      );
    }
    if (opcode === 'STOP') return { value: stack.pop(), end: reader.position };
    const value = await run(opcode, reader, stack, interpreter);
    if (value !== undefined) stack.push(value);
  }
}

/** Runs one opcode and returns the value that it pushes, if any. */
async function run(
  opcode: Exclude<Opcode, 'STOP'>,
  reader: PickleReader,
  stack: PickleStack,
  interpreter: Interpreter,
): Promise<Value | undefined> {
  const parsedLine = async <T>(parse: (line: string) => T | undefined, what: string): Promise<T> =>
    parse(await reader.line()) ?? interpreter.fail(`a line that should be ${what} is not`);
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
      return parseUnicodeLine(await reader.lineBytes()) ?? interpreter.fail('a text with damaged escapes');
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
      return length > MAX_NAME ? reader.payload(length) : reader.latin1(length);
    }
    case 'SHORT_BINBYTES':
      return reader.payload(reader.unsigned(1));
    case 'BINBYTES':
      return reader.payload(reader.unsigned(4));
    case 'BINBYTES8':
    case 'BYTEARRAY8':
      return reader.payload(reader.unsigned(8));

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
      setItems(dict, stack.popToMark(), interpreter);
      return dict;
    }
    case 'EMPTY_SET':
      return { kind: 'set', items: [] };
    case 'FROZENSET':
      return { kind: 'set', items: stack.popToMark() };
    case 'APPEND': {
      const items = stack.popMany(1);
      append(stack.top(), items, interpreter);
      return;
    }
    case 'APPENDS':
    case 'ADDITEMS': {
      const items = stack.popToMark();
      append(stack.top(), items, interpreter);
      return;
    }
    case 'SETITEM': {
      const pair = stack.popMany(2);
      setItems(stack.top(), pair, interpreter);
      return;
    }
    case 'SETITEMS': {
      const pairs = stack.popToMark();
      setItems(stack.top(), pairs, interpreter);
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
      return findGlobal(await reader.line(), await reader.line(), interpreter);
    case 'STACK_GLOBAL': {
      const [module, name] = stack.popMany(2);
      return findGlobal(module, name, interpreter);
    }
    case 'INST': {
      const callee = findGlobal(await reader.line(), await reader.line(), interpreter);
      return callGlobal(callee, { kind: 'tuple', items: stack.popToMark() }, interpreter);
    }
    case 'OBJ': {
      const [callee, ...items] = stack.popToMark();
      return callGlobal(callee, { kind: 'tuple', items }, interpreter);
    }
    case 'REDUCE':
    case 'NEWOBJ': {
      const [callee, args] = stack.popMany(2);
      return callGlobal(callee, args, interpreter);
    }
    case 'NEWOBJ_EX': {
      const [callee, args] = stack.popMany(3);
      return callGlobal(callee, args, interpreter);
    }
    case 'BUILD': {
      const state = stack.pop();
      build(stack.top(), state, interpreter);
      return;
    }

    case 'PROTO': {
      const protocol = reader.unsigned(1);
      if (protocol > 5) interpreter.fail(`protocol ${protocol} is not known, only 0 to 5 are`);
      return;
    }
    case 'FRAME':
      reader.unsigned(8); // frames only tell a reader what to buffer
      return;
    case 'READONLY_BUFFER':
      return;
    case 'PERSID':
    case 'BINPERSID':
      return refuseOutside('persistent ids, as PyTorch writes them');
    case 'NEXT_BUFFER':
      return refuseOutside('out-of-band buffers');
    case 'EXT1':
    case 'EXT2':
    case 'EXT4':
      return refuseOutside('extension codes, which only the program that wrote it knows');
  }
}

function refuseOutside(means: string): never {
  throw new UnsupportedError(`pickle: part of its data is elsewhere (${means}); save the arrays as .npz`);
}
