import { UnsupportedError } from '../../errors';
import { compactShape, type Shape } from '../../tensor';
import { parseTypeString } from '../numpy/dtype';
import { checkedByteLength } from '../storedEntry';
import type { Order } from '../stridedBytes';
import { latin1Source } from './latin1';
import {
  isKind,
  printable,
  type ArrayObject,
  type Bytes,
  type Constructor,
  type DTypeObject,
  type Interpreter,
  type Value,
} from './values';

const ARRAY_CLASSES = ['numpy.ndarray', 'numpy.matrix', 'numpy.matrixlib.defmatrix.matrix'];
const MASKED_CLASSES = ['numpy.ma.core.MaskedArray', 'numpy.ma.MaskedArray'];

/** The names in `numpy.` that are read as data, in NumPy 1 and 2. Source: numpy/_core/src/multiarray/methods.c, array_reduce. */
export const NUMPY_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ['numpy.dtype', makeDType],
  ...ARRAY_CLASSES.map((name): [string, Constructor] => [name, makeArray]),
  ...MASKED_CLASSES.map((name): [string, Constructor] => [name, () => ({ kind: 'opaque', name })]),
  ['numpy.ma.core._mareconstruct', () => ({ kind: 'opaque', name: 'a masked array' })],
  ...['numpy.core', 'numpy._core'].flatMap((module): [string, Constructor][] => [
    [`${module}.multiarray._reconstruct`, reconstruct],
    [`${module}.multiarray.scalar`, makeScalar],
    [`${module}.numeric._frombuffer`, fromBuffer],
  ]),
];

/** `dtype('f8', False, True)` */
function makeDType([code]: readonly Value[], interpreter: Interpreter): DTypeObject {
  if (typeof code !== 'string') return interpreter.fail('numpy.dtype of something that is no type code');
  return { kind: 'dtype', code, byteOrder: '=' };
}

/** BUILD of a dtype: (version, byte order, subarray, names, fields, …). */
export function buildDType(dtype: DTypeObject, state: Value, interpreter: Interpreter): void {
  const byteOrder = isKind(state, 'tuple') ? state.items[1] : undefined;
  if (typeof byteOrder !== 'string' || !/^[<>|=]$/.test(byteOrder)) {
    return interpreter.fail('the state of a numpy.dtype has no byte order');
  }
  dtype.byteOrder = byteOrder;
}

/** `_reconstruct(ndarray, (0,), b'b')`: an array that BUILD fills. */
function reconstruct([arrayClass]: readonly Value[], interpreter: Interpreter): ArrayObject {
  const name = isKind(arrayClass, 'global') ? arrayClass.name : '';
  if (ARRAY_CLASSES.includes(name)) return { kind: 'array', content: 'an array without data' };
  return interpreter.fail(`_reconstruct of ${name ? printable(name) : 'something that is no array class'}`);
}

/** BUILD of an array: (version, shape, dtype, is Fortran order, data); the first versions of NumPy left out the version. */
export function buildArray(array: ArrayObject, state: Value, interpreter: Interpreter): void {
  const fields = isKind(state, 'tuple') ? state.items.slice(-4) : [];
  if (fields.length < 4)
    return interpreter.fail('the state of an array is not (version, shape, dtype, order, data)');
  const [shape, dtype, fortran, data] = fields;
  array.content = elements(shape, dtype, fortran ? 'F' : 'C', data, interpreter);
}

/** `ndarray(shape, dtype, buffer)`: some programs write it, as it works with every version of NumPy. */
function makeArray([shape, dtype, buffer, ...more]: readonly Value[], interpreter: Interpreter): ArrayObject {
  if (more.length > 0) return interpreter.fail('an ndarray with an offset or strides is not read');
  return { kind: 'array', content: elements(shape, dtype, 'C', buffer, interpreter) };
}

/** `scalar(dtype, data)`: a single number. */
function makeScalar([dtype, data]: readonly Value[], interpreter: Interpreter): ArrayObject {
  return { kind: 'array', content: elements({ kind: 'tuple', items: [] }, dtype, 'C', data, interpreter) };
}

/** `_frombuffer(buffer, dtype, shape, order)`, and since NumPy 2.3 `(…, 'K', axes)`: reshaped, then transposed. */
function fromBuffer(
  [buffer, dtype, shape, order, axes]: readonly Value[],
  interpreter: Interpreter,
): ArrayObject {
  if (order !== 'K') {
    return { kind: 'array', content: elements(shape, dtype, order === 'F' ? 'F' : 'C', buffer, interpreter) };
  }
  const stored = shapeOf(shape, interpreter);
  const from = isKind(axes, 'tuple') ? axes.items.map(Number) : [];
  if (stored.some((_, axis) => !from.includes(axis)) || from.length !== stored.length) {
    return interpreter.fail('the axes of _frombuffer are no permutation');
  }
  const transposed = from.map(axis => stored[axis]);
  const slowestFirst = stored.map((_, axis) => from.indexOf(axis));
  const items = { kind: 'tuple', items: transposed } as const;
  return { kind: 'array', content: elements(items, dtype, slowestFirst, buffer, interpreter) };
}

/** The elements if they are numbers, else why not. Fails if the parts contradict one another. */
function elements(
  shape: Value,
  dtype: Value,
  order: Order,
  data: Value,
  interpreter: Interpreter,
): ArrayObject['content'] {
  if (!isKind(dtype, 'dtype')) return interpreter.fail('an array whose dtype is no numpy.dtype');
  const extents = shapeOf(shape, interpreter);
  let type;
  try {
    type = parseTypeString(dtype.byteOrder + dtype.code);
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
  const bytes = bytesOf(data);
  if (!bytes) return interpreter.fail('an array whose data is not bytes');
  const needed = checkedByteLength('pickle', extents, type.dtype, bytes.source.size);
  if (needed !== bytes.source.size) {
    return interpreter.fail(
      `an array of shape ${compactShape(extents)} ${type.dtype} takes ${needed} bytes, but ${bytes.source.size} are given`,
    );
  }
  return { type, shape: extents, order, bytes: bytes.source };
}

function shapeOf(shape: Value, interpreter: Interpreter): Shape {
  const extents = isKind(shape, 'tuple') ? shape.items : [null];
  const numbers = extents.filter(extent => typeof extent === 'number');
  if (numbers.length < extents.length)
    return interpreter.fail('the shape of an array is not a tuple of whole numbers');
  return numbers;
}

/** Python 2 wrote data as str, which we may hold as text. */
function bytesOf(data: Value): Bytes | undefined {
  if (typeof data === 'string') return { kind: 'bytes', source: latin1Source(data) };
  return isKind(data, 'bytes') ? data : undefined;
}
