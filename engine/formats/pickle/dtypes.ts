import { readBytes } from '../bytes/byteSource';
import { scalarType, subarrayType, type ElementType, type Field } from '../numpy/elementType';
import { isKind, type Constructor, type DTypeObject, type Machine, type Tuple, type Value } from './values';

/** Records in records, and fields in all: more than any honest file has, few enough for a list. */
const MAX_DEPTH = 16;
const MAX_FIELDS = 1000;

/** `dtype('f8', False, True)`, or `dtype(numpy.record, False, True)` of records. */
export const makeDType: Constructor = ([code], machine) => {
  if (isKind(code, 'global')) return { kind: 'dtype', code: 'V', byteOrder: '|', state: [], unit: '' };
  if (typeof code !== 'string') return machine.fail('numpy.dtype of something that is no type code');
  return { kind: 'dtype', code, byteOrder: '=', state: [], unit: '' };
};

/**
 * BUILD of a dtype: (version, byte order, subarray, names, fields, item size, alignment, flags, and of dates the unit).
 * Source: numpy/core/src/multiarray/descriptor.c, arraydescr_reduce.
 */
export function buildDType(dtype: DTypeObject, state: Value, machine: Machine): Promise<void> | undefined {
  const [, byteOrder, ...rest] = isKind(state, 'tuple') ? state.items : [];
  if (typeof byteOrder !== 'string' || !/^[<>|=]$/.test(byteOrder)) {
    return machine.fail('the state of a numpy.dtype has no byte order');
  }
  dtype.byteOrder = byteOrder;
  dtype.state = rest;
  const time = isKind(rest[6], 'tuple') ? rest[6].items[1] : undefined;
  return isKind(time, 'tuple') ? setUnit(dtype, time, machine) : undefined;
}

/** `(b'ns', 25, 1, 1)`: 25 nanoseconds. */
async function setUnit(dtype: DTypeObject, { items }: Tuple, machine: Machine): Promise<void> {
  const [unit, count] = items;
  if (!isKind(unit, 'bytes') || unit.source.size > 16) return machine.fail('dates without a unit');
  const name = new TextDecoder().decode(await readBytes(unit.source, 'pickle', 0, unit.source.size));
  if (name !== 'generic') dtype.unit = count === 1 ? name : `${wholeNumber(count, machine)}${name}`;
}

/**
 * What the elements of an array of this dtype are.
 * @throws UnsupportedError if they are nothing that we can read
 */
export function elementTypeOf(dtype: DTypeObject, machine: Machine): ElementType {
  let fields = 0;

  const typeOf = (dtype: Value, depth: number): ElementType => {
    if (!isKind(dtype, 'dtype')) return machine.fail('a numpy.dtype made of something that is none');
    if (depth > MAX_DEPTH) return machine.fail(`a numpy.dtype nested over ${MAX_DEPTH} levels deep`);
    machine.spend(1);
    const [subarray, names, members, width] = dtype.state;
    if (isKind(subarray, 'tuple')) {
      const [base, shape] = subarray.items;
      return subarrayType(typeOf(base, depth + 1), shapeOf(shape, machine));
    }
    if (isKind(names, 'tuple') && isKind(members, 'dict')) {
      return {
        kind: 'record',
        width: wholeNumber(width, machine),
        fields: names.items.map(name => fieldOf(name, members.items.get(name), depth)),
      };
    }
    return scalarType(dtype.byteOrder + dtype.code + (dtype.unit && `[${dtype.unit}]`));
  };

  const fieldOf = (name: Value, member: Value | undefined, depth: number): Field => {
    if (++fields > MAX_FIELDS) return machine.fail(`a numpy.dtype of over ${MAX_FIELDS} fields`);
    if (typeof name !== 'string' || !isKind(member, 'tuple'))
      return machine.fail('a field of a numpy.dtype is not (dtype, offset)');
    const [type, offset] = member.items;
    return { name, offset: wholeNumber(offset, machine), type: typeOf(type, depth + 1) };
  };

  return typeOf(dtype, 0);
}

/** The extents of a shape, or the strides of one. */
export function shapeOf(shape: Value | undefined, machine: Machine): number[] {
  const extents = isKind(shape, 'tuple') ? shape.items : [null];
  const numbers = extents.filter(extent => typeof extent === 'number');
  if (numbers.length < extents.length)
    return machine.fail('the shape of an array is not a tuple of whole numbers');
  return numbers;
}

function wholeNumber(value: Value | undefined, machine: Machine): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return machine.fail('a size or an offset in a numpy.dtype is not a whole number from 0 on');
}
