import { UnsupportedError } from '../../errors';
import { formatShape, type Shape } from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import type { ElementType } from '../numpy/elementType';
import { numpyEntries } from '../numpy/entries';
import { gridSpan, stridesIn, type Order } from '../arrays/stridedBytes';
import { printable } from './describe';
import { elementTypeOf, makeDType, shapeOf } from './dtypes';
import { latin1Source } from './latin1';
import { objectTexts } from './objectTexts';
import { classNameOf, known } from './python';
import {
  arrayObject,
  isKind,
  type ArrayContent,
  type ArrayObject,
  type Bytes,
  type Constructor,
  type Machine,
  type Value,
} from './values';

const ARRAY_CLASSES = ['numpy.ndarray', 'numpy.matrix', 'numpy.matrixlib.defmatrix.matrix', 'numpy.memmap'];
const RECORD_CLASSES = ['numpy.recarray', 'numpy.rec.recarray'];
const MASKED_CLASSES = ['numpy.ma.core.MaskedArray', 'numpy.ma.MaskedArray'];

/** Classes of NumPy that objects name as a type: the dtype of an estimator, the kind of a record. */
const SCALAR_CLASSES = [
  ...[
    'bool',
    'bool_',
    'object_',
    'str_',
    'bytes_',
    'void',
    'record',
    'rec.record',
    'datetime64',
    'timedelta64',
  ],
  ...['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'],
  ...['float16', 'float32', 'float64', 'complex64', 'complex128'],
];

/** The names in `numpy.` that are read as data, in NumPy 1 and 2. Source: numpy/_core/src/multiarray/methods.c, array_reduce. */
export const NUMPY_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ['numpy.dtype', makeDType],
  ...[...ARRAY_CLASSES, ...RECORD_CLASSES].map((name): [string, Constructor] => [name, makeArray]),
  ...known(...MASKED_CLASSES, ...SCALAR_CLASSES.map(name => `numpy.${name}`)),
  ['numpy.ma.core._mareconstruct', () => arrayObject('a masked array without data', buildMasked)],
  ...['numpy.core', 'numpy._core'].flatMap((module): [string, Constructor][] => [
    [`${module}.multiarray._reconstruct`, reconstruct],
    // The first versions of NumPy.
    [`${module}._internal._reconstruct`, reconstruct],
    [`${module}.multiarray.scalar`, makeScalar],
    [`${module}.numeric._frombuffer`, fromBuffer],
  ]),
];

/** `_reconstruct(ndarray, (0,), b'b')`: an array that BUILD fills. A subclass may have a state of its own. */
function reconstruct([type]: readonly Value[], machine: Machine): ArrayObject {
  const name = classNameOf(type);
  if ([...ARRAY_CLASSES, ...RECORD_CLASSES].includes(name)) {
    return arrayObject('an array without data', buildArray);
  }
  if (!isKind(type, 'global')) return machine.fail('_reconstruct of something that is no class');
  return arrayObject(`an array of the class ${printable(name)}, whose data we do not know`);
}

/** BUILD of an array: (version, shape, dtype, is Fortran order, data); the first versions of NumPy left out the version. */
function buildArray(array: ArrayObject, state: Value, machine: Machine): undefined {
  const fields = isKind(state, 'tuple') ? state.items.slice(-4) : [];
  if (fields.length < 4)
    return machine.fail('the state of an array is not (version, shape, dtype, order, data)');
  const [shape, dtype, fortran, data] = fields;
  fill(array, shape, dtype, fortran ? 'F' : 'C', data, machine);
}

/** BUILD of a masked array: (version, shape, dtype, is Fortran order, data, mask, fill value). Source: numpy/ma/core.py. */
function buildMasked(array: ArrayObject, state: Value, machine: Machine): undefined {
  const fields = isKind(state, 'tuple') ? state.items.slice(-6) : [];
  if (fields.length < 6)
    return machine.fail(
      'the state of a masked array is not (version, shape, dtype, order, data, mask, fill)',
    );
  const [shape, dtype, fortran, data, mask] = fields;
  const order = fortran ? 'F' : 'C';
  fill(array, shape, dtype, order, data, machine);
  // The mask of records is a record of bools, that of all else one bool per element.
  if (!isKind(dtype, 'dtype') || dtype.code.startsWith('V')) return;
  const masked = arrayObject('a mask without data');
  const bool: Value = { kind: 'dtype', code: 'b1', byteOrder: '|', state: [], unit: '' };
  fill(masked, shape, bool, order, mask, machine);
  array.parts.set('mask', masked);
}

/** `ndarray(shape, dtype, buffer)`: some programs write it, as it works with every version of NumPy. */
function makeArray([shape, dtype, buffer, ...more]: readonly Value[], machine: Machine): ArrayObject {
  if (more.length > 0) return machine.fail('an ndarray with an offset or strides is not read');
  return fill(arrayObject(''), shape, dtype, 'C', buffer, machine);
}

/** `scalar(dtype, data)`: a single number. */
function makeScalar([dtype, data = null]: readonly Value[], machine: Machine): Value {
  // A scalar of a Python object is that object.
  if (isKind(dtype, 'dtype') && dtype.code.startsWith('O')) return data;
  return fill(arrayObject(''), { kind: 'tuple', items: [] }, dtype, 'C', data, machine);
}

/** `_frombuffer(buffer, dtype, shape, order)`, and since NumPy 2.3 `(…, 'K', axes)`: reshaped, then transposed. */
function fromBuffer([buffer, dtype, shape, order, axes]: readonly Value[], machine: Machine): ArrayObject {
  if (order !== 'K') {
    return fill(arrayObject(''), shape, dtype, order === 'F' ? 'F' : 'C', buffer, machine);
  }
  const stored = shapeOf(shape, machine);
  const from = isKind(axes, 'tuple') ? axes.items.map(Number) : [];
  if (stored.some((_, axis) => !from.includes(axis)) || from.length !== stored.length) {
    return machine.fail('the axes of _frombuffer are no permutation');
  }
  const transposed: Value = { kind: 'tuple', items: from.map(axis => stored[axis]) };
  const slowestFirst = stored.map((_, axis) => from.indexOf(axis));
  return fill(arrayObject(''), transposed, dtype, slowestFirst, buffer, machine);
}

/** Gives an array its elements, or the reason why they cannot be shown. Fails if the parts contradict one another. */
export function fill(
  array: ArrayObject,
  shape: Value,
  dtype: Value,
  order: Order,
  data: Value,
  machine: Machine,
): ArrayObject {
  if (!isKind(dtype, 'dtype')) return machine.fail('an array whose dtype is no numpy.dtype');
  const extents = shapeOf(shape, machine);
  if (dtype.code.startsWith('O') && isKind(data, 'list')) {
    const { items } = data;
    if (
      gridSpan('pickle', { shape: extents, strides: stridesIn('C', extents, 1), width: 1 }) !== items.length
    ) {
      return machine.fail(`an array of shape ${formatShape(extents)} with ${items.length} objects`);
    }
    array.content = name => ({ tensors: [], texts: [objectTexts(name, extents, items)] });
    machine.spend(items.length);
    items.forEach((item, i) => array.parts.set(String(i), item));
    return array;
  }
  const bytes = bytesOf(data);
  if (!bytes) return machine.fail('an array whose data is not bytes');
  try {
    array.content = elements(extents, elementTypeOf(dtype, machine), order, bytes.source, machine);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    array.content = error.message;
  }
  return array;
}

function elements(
  shape: Shape,
  type: ElementType,
  order: Order,
  source: ByteSource,
  machine: Machine,
): ArrayContent {
  const strides = stridesIn(order, shape, type.width);
  const needed = gridSpan('pickle', { shape, strides, width: type.width });
  if (needed !== source.size) {
    const what = type.kind === 'scalar' ? type.text : 'records';
    return machine.fail(
      `an array of shape ${formatShape(shape)} ${what} takes ${needed} bytes, but ${source.size} are given`,
    );
  }
  return name => numpyEntries('pickle', name, source, { offset: 0, shape, strides, type });
}

/** Python 2 wrote data as str, which we may hold as text. */
function bytesOf(data: Value): Bytes | undefined {
  if (typeof data === 'string') return { kind: 'bytes', source: latin1Source(data) };
  return isKind(data, 'bytes') ? data : undefined;
}
