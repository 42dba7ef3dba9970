import { UnsupportedError } from '../../errors';
import type { GlobalTable } from './globals';
import { parseFloatLine, parseIntegerLine, parseStringLine, parseUnicodeLine } from './literals';
import { append, build, callGlobal, setItems } from './objects';
import type { Opcode } from './opcodes';
import type { PickleReader } from './reader';
import type { PickleStack } from './stack';
import type { Machine, PersistentIds, Value } from './values';

/** What a pickle refers to and does not hold. */
export interface Outside {
  /** What the names in the file stand for; also remembers those that are not known. */
  readonly globals: GlobalTable;
  /** The value of a persistent id, for formats that have them. */
  readonly persistent?: PersistentIds;
}

/** Python 2 strings up to this length may be names; longer ones are the data of arrays and stay in the file. */
const MAX_NAME = 1024;

/** What an opcode pushes, if anything. */
type Result = Value | undefined;

/** Executes one opcode; a promise where it has to wait for bytes. Source: CPython, Lib/pickletools.py. */
export function execute(
  opcode: Exclude<Opcode, 'STOP'>,
  reader: PickleReader,
  stack: PickleStack,
  machine: Machine,
  { globals, persistent = refusePersistent }: Outside,
): Result | Promise<Result> {
  const parsedLine = async <T>(parse: (line: string) => T | undefined, what: string): Promise<T> =>
    parse(await reader.line()) ?? machine.fail(`a line that should be ${what} is not`);
  const globalLine = async () => globals.find(await reader.line(), await reader.line(), machine);
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
      return reader
        .lineBytes()
        .then(line => parseUnicodeLine(line) ?? machine.fail('a text with damaged escapes'));
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
      return memoKey().then(key => {
        stack.memoize(key);
        return undefined;
      });
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
      return memoKey().then(key => stack.recall(key));
    case 'BINGET':
      return stack.recall(reader.unsigned(1));
    case 'LONG_BINGET':
      return stack.recall(reader.unsigned(4));

    // Names, and what Python would call
    case 'GLOBAL':
      return globalLine();
    case 'STACK_GLOBAL': {
      const [module, name] = stack.popMany(2);
      return globals.find(module, name, machine);
    }
    case 'INST':
      return globalLine().then(callee =>
        callGlobal(callee, { kind: 'tuple', items: stack.popToMark() }, machine),
      );
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
      return build(stack.top(), state, machine)?.then(() => undefined);
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
      return reader.line().then(id => persistent(id, machine));
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
