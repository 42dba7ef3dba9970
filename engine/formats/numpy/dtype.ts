import { UnsupportedError } from '../../errors';
import { bytesPerElement, type DType } from '../../tensor';

/** NumPy's one-letter kinds that we hold, with their sizes in bytes: `f8` is float64. */
const DTYPE_OF: ReadonlyMap<string, DType> = new Map([
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['b1', 'bool'],
  ['?', 'bool'],
]);

/** What the other kinds hold, and what to do about it. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['O', 'Python objects, not numbers; save it with a numeric dtype, e.g. a.astype("float32")'],
  ['U', 'text, not numbers'],
  ['S', 'text (bytes), not numbers'],
  ['a', 'text (bytes), not numbers'],
  ['T', 'text, not numbers'],
  ['M', 'dates; save it as numbers, e.g. a.astype("int64")'],
  ['m', 'time differences; save it as numbers, e.g. a.astype("int64")'],
  ['c', 'complex numbers; save a.real and a.imag'],
  ['V', 'records or raw bytes, not numbers; save each field as an array of its own'],
  ['f', 'floats of a width we do not read; save it as float32 or float64'],
]);

/** Element type and byte order that NumPy writes as one string. */
export interface NumpyDType {
  readonly dtype: DType;
  readonly littleEndian: boolean;
}

/**
 * Reads a NumPy type string such as `<f8`, `>i4` or `|b1`.
 * Source: the array interface protocol of NumPy, "typestr".
 * @throws UnsupportedError naming the dtype and what it holds
 */
export function parseTypeString(text: string): NumpyDType {
  const [, order, code] = /^([<>|=]?)(.*)$/s.exec(text) ?? [];
  const dtype = DTYPE_OF.get(code);
  if (dtype) return { dtype, littleEndian: order !== '>' };
  const holds = REFUSED.get(code.charAt(0)) ?? 'something other than numbers';
  throw new UnsupportedError(`dtype '${text.slice(0, 40)}' holds ${holds}`);
}

/** The type string of a dtype in little-endian order; undefined for bfloat16 and the 8-bit floats, which NumPy lacks. */
export function typeString(dtype: DType): string | undefined {
  const code = [...DTYPE_OF].find(([, name]) => name === dtype)?.[0];
  return code && (bytesPerElement(dtype) === 1 ? '|' : '<') + code;
}
