import { FormatError, ShapeError, UnsupportedError } from '../../errors';
import { sizeOf, type Shape } from '../../tensor';
import type { Literal } from './literal';

/** What the elements of a NumPy array are. `width` is the bytes that one of them takes. */
export type ElementType = ScalarType | RecordType | SubarrayType;

export interface ScalarType {
  readonly kind: 'scalar';
  /** As the file writes it, e.g. `<f4`, `|S3`, `<M8[ns]`. */
  readonly text: string;
  /** NumPy's letter: `f` float, `i` and `u` integers, `b` bool, `c` complex, `U` and `S` text, `M` and `m` time, `V` bytes. */
  readonly letter: string;
  readonly width: number;
  readonly littleEndian: boolean;
  /** Of a time: e.g. `ns`, `25s`; empty where the file names none. */
  readonly unit: string;
}

/** A structured dtype. */
export interface RecordType {
  readonly kind: 'record';
  readonly width: number;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  /** Bytes from the start of the record. */
  readonly offset: number;
  readonly type: ElementType;
}

/** Each element is an array itself, in C order. */
export interface SubarrayType {
  readonly kind: 'subarray';
  readonly width: number;
  readonly shape: Shape;
  readonly element: ElementType;
}

/** Letters whose elements take the number of bytes that follows; text in UTF-32 takes four times as many. */
const SIZED: ReadonlyMap<string, number> = new Map(
  ['f', 'i', 'u', 'b', 'c', 'S', 'V', 'M', 'm', 'U'].map(letter => [letter, letter === 'U' ? 4 : 1]),
);

/** Letters under which the elements are not in the array at all. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  [
    'O',
    'Python objects, which NumPy stores as a pickle; save it with a numeric dtype, e.g. a.astype("float32")',
  ],
  ['T', 'texts of variable length (StringDType); save it as a.astype("U")'],
]);

/**
 * Reads a NumPy type string such as `<f8`, `|b1`, `>U5` or `<M8[25s]`.
 * Source: the array interface protocol of NumPy, "typestr".
 * @throws UnsupportedError naming the dtype and what it holds
 */
export function scalarType(text: string): ScalarType {
  const [, order, code, digits, unit = ''] = /^([<>|=]?)([a-zA-Z?])(\d*)(?:\[([^\]]*)\])?$/.exec(text) ?? [];
  const letter = code === 'a' ? 'S' : code === '?' ? 'b' : code;
  const size = code === '?' ? 1 : Number(digits);
  const unitWidth = SIZED.get(letter);
  if (unitWidth === undefined || (digits === '' && code !== '?') || !Number.isSafeInteger(size * unitWidth)) {
    const holds = REFUSED.get(letter) ?? 'something other than numbers, texts and dates';
    throw new UnsupportedError(`dtype '${text.slice(0, 40)}' holds ${holds}`);
  }
  return { kind: 'scalar', text, letter, width: size * unitWidth, littleEndian: order !== '>', unit };
}

/**
 * The type that a .npy header's `descr` describes: a type string, `(type, shape)`, or a list of `(name, type[, shape])`.
 * Source: numpy.lib.format, `descr_to_dtype`.
 * @throws FormatError if it is none of these, UnsupportedError if it holds Python objects or an unknown type
 */
export function typeOfDescr(descr: Literal | undefined): ElementType {
  if (typeof descr === 'string') return scalarType(descr);
  if (!Array.isArray(descr)) throw badDescr();
  const [first, second] = descr;
  // Lists and tuples look alike here; only the latter has a shape in second place.
  if (descr.length === 2 && isShape(second)) return subarrayType(typeOfDescr(first), second);
  return recordType(descr);
}

function recordType(descr: readonly Literal[]): RecordType {
  const fields: Field[] = [];
  let width = 0;
  for (const item of descr) {
    if (!Array.isArray(item) || item.length > 3) throw badDescr();
    const [title, base, extents] = item as readonly (Literal | undefined)[];
    // A name may come with a title: (title, name).
    const name = Array.isArray(title) ? title.at(-1) : title;
    const element = typeOfDescr(base);
    const shape = typeof extents === 'number' ? [extents] : extents;
    if (typeof name !== 'string' || (shape !== undefined && !isShape(shape))) throw badDescr();
    const type = shape ? subarrayType(element, shape) : element;
    // Gaps of aligned records are written as bytes without a name.
    const isGap = name === '' && type.kind === 'scalar' && type.letter === 'V';
    if (!isGap) fields.push({ name, offset: width, type });
    width += type.width;
  }
  if (!Number.isSafeInteger(width)) throw badDescr();
  return { kind: 'record', width, fields };
}

/** @throws FormatError if the shape is impossible */
export function subarrayType(element: ElementType, shape: Shape): SubarrayType {
  let width: number;
  try {
    width = sizeOf(shape) * element.width;
  } catch (error) {
    if (error instanceof ShapeError) throw new FormatError('npy', error.message);
    throw error;
  }
  if (!Number.isSafeInteger(width)) throw badDescr();
  return { kind: 'subarray', width, shape, element };
}

/** Whether it is a list or tuple of numbers. */
export function isShape(value: Literal | undefined): value is number[] {
  return Array.isArray(value) && value.every(extent => typeof extent === 'number');
}

function badDescr(): FormatError {
  return new FormatError('npy', 'the dtype (descr) is neither a type nor a list of (name, type, shape)');
}
