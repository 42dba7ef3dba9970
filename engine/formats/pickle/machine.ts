import { FormatError } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import type { ByteSource } from '../bytes/byteSource';
import { execute, type Outside } from './execute';
import { opcodeOf, type Opcode } from './opcodes';
import { PickleReader } from './reader';
import { PickleStack } from './stack';
import type { Machine, Value } from './values';

/** Work a file may ask for: opcodes, and items copied by them. Ten million keep lists of Python numbers readable. */
const MAX_WORK = 10_000_000;

/** Opcodes between two turns of the event loop: a few milliseconds. */
const TURN = 1 << 14;

/** Pickles inside pickles: an array of objects in a file of joblib, a storage of PyTorch in a pickle. */
const MAX_NESTING = 8;

export interface PickleOptions extends Outside {
  readonly signal?: AbortSignal;
}

/** The str of Python 2, which Python 3 has no opcodes to write. */
const PYTHON2_TEXTS: ReadonlySet<Opcode> = new Set(['STRING', 'BINSTRING', 'SHORT_BINSTRING']);

/**
 * Interprets a pickle as data. Names in it are only looked up in our own table; nothing is imported or called.
 * Source: CPython, Lib/pickle.py (class _Unpickler) and the comments in Lib/pickletools.py.
 * @param start position of the first opcode
 * @returns the value, the position after its STOP, and whether Python 2 wrote it
 * @throws FormatError with the opcode's position: at damage; UnsupportedError if the data is elsewhere
 */
export async function loadPickle(
  source: ByteSource,
  options: PickleOptions,
  start = 0,
  around: { work: number; depth: number } = { work: 0, depth: 0 },
): Promise<{ value: Value; end: number; python2: boolean }> {
  const reader = new PickleReader(source, options.signal, start);
  let at = start;
  let python2 = false;
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
    // Most opcodes wait for nothing: a promise for each would take longer than all else.
    const ready = reader.prepare();
    if (ready) await ready;
    const byte = reader.unsigned(1);
    const opcode = opcodeOf(byte);
    if (opcode === undefined) {
      const hex = byte.toString(16).padStart(2, '0');
      return machine.fail(`0x${hex} is no opcode: ${at ? 'the file is damaged' : 'this is not a pickle'}`);
    }
    if (opcode === 'STOP') return { value: stack.pop(), end: reader.position, python2 };
    python2 ||= PYTHON2_TEXTS.has(opcode);
    const result = execute(opcode, reader, stack, machine, options);
    const value = result instanceof Promise ? await result : result;
    if (value !== undefined) stack.push(value);
  }
}
