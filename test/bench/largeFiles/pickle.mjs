import { LARGE, layers } from './arrays.mjs';
import { createSparseFile } from './sparseFile.mjs';

/** The opcodes that are used here. Source: CPython, Lib/pickletools.py. */
const PROTO_4 = Buffer.from([0x80, 4]);
const EMPTY_DICT = Buffer.from('}');
const MARK = Buffer.from('(');
const SETITEMS = Buffer.from('u');
const STACK_GLOBAL = Buffer.from([0x93]);
const TUPLE1 = Buffer.from([0x85]);
const TUPLE2 = Buffer.from([0x86]);
const TUPLE3 = Buffer.from([0x87]);
const TUPLE = Buffer.from('t');
const REDUCE = Buffer.from('R');
const NEWFALSE = Buffer.from([0x89]);
const BUILD = Buffer.from('b');
const STOP = Buffer.from('.');

/** @param {string} text */
const unicode = text => Buffer.concat([Buffer.from([0x8c, Buffer.byteLength(text)]), Buffer.from(text)]);
/** @param {number} value */
const integer = value => {
  const opcode = Buffer.alloc(5, 'J');
  opcode.writeInt32LE(value, 1);
  return opcode;
};
/** @param {string} module @param {string} name */
const global = (module, name) => Buffer.concat([unicode(module), unicode(name), STACK_GLOBAL]);
const FLOAT32 = Buffer.concat([
  global('numpy', 'dtype'),
  unicode('f4'),
  TUPLE1,
  REDUCE,
  ...[MARK, integer(3), unicode('<'), Buffer.from('NNN'), integer(-1), integer(-1), integer(0), TUPLE, BUILD],
]);

/** A dict of arrays, 2 GB, as NumPy pickles it in protocol 4. @param {string} path */
export function makePickle(path) {
  const file = createSparseFile(path);
  file.write(Buffer.concat([PROTO_4, EMPTY_DICT, MARK]));
  for (const { name, shape, bytes } of [LARGE, ...layers(100, 1e9)]) {
    const reconstruct = global('numpy.core.multiarray', '_reconstruct');
    const empty = [
      MARK,
      global('numpy', 'ndarray'),
      integer(0),
      TUPLE1,
      Buffer.from('C\x01b'),
      TUPLE,
      REDUCE,
    ];
    const state = [
      MARK,
      integer(1),
      ...shape.map(integer),
      shape.length === 2 ? TUPLE2 : TUPLE3,
      FLOAT32,
      NEWFALSE,
    ];
    const length = Buffer.alloc(9, 0x8e); // BINBYTES8
    length.writeBigUInt64LE(BigInt(bytes), 1);
    file.write(Buffer.concat([unicode(name), reconstruct, ...empty, ...state, length]));
    file.zeros(bytes);
    file.write(Buffer.concat([TUPLE, BUILD]));
  }
  file.write(Buffer.concat([SETITEMS, STOP]));
  file.close();
}

/** The pickle that torch.save writes for a state_dict; array i lies in storage i. @param {readonly import("./arrays.mjs").LargeArray[]} arrays */
export function torchPickle(arrays) {
  const entries = arrays.map(({ name, shape, bytes }, key) =>
    Buffer.concat([
      unicode(name),
      global('torch._utils', '_rebuild_tensor_v2'),
      MARK,
      ...[MARK, unicode('storage'), global('torch', 'FloatStorage'), unicode(`${key}`), unicode('cpu')],
      ...[integer(bytes / 4), TUPLE, Buffer.from('Q')], // BINPERSID
      integer(0),
      ...[...shape.map(integer), TUPLE2],
      ...[integer(shape[1]), integer(1), TUPLE2],
      NEWFALSE,
      ...[global('collections', 'OrderedDict'), Buffer.from(')'), REDUCE],
      ...[TUPLE, REDUCE],
    ]),
  );
  return Buffer.concat([PROTO_4, EMPTY_DICT, MARK, ...entries, SETITEMS, STOP]);
}
