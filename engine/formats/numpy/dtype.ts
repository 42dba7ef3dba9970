import { UnsupportedError } from '../../errors';
import { bytesPerElement, type DType } from '../../tensor';
import { scalarType } from './elementType';

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
]);

/** What the other kinds hold. */
const NOT_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['U', 'text, not numbers'],
  ['S', 'text (bytes), not numbers'],
  ['M', 'dates; save it as numbers, e.g. a.astype("int64")'],
  ['m', 'time differences; save it as numbers, e.g. a.astype("int64")'],
  ['c', 'complex numbers; save a.real and a.imag'],
  ['V', 'records or raw bytes, not numbers; save each field as an array of its own'],
]);

/** The dtype of a kind and size such as `f8`, if it is one of ours. */
export function dtypeOf(code: string): DType | undefined {
  return DTYPE_OF.get(code);
}

/** Element type and byte order that NumPy writes as one string. */
export interface NumpyDType {
  readonly dtype: DType;
  readonly littleEndian: boolean;
}

/**
 * Reads the type string of an array of numbers such as `<f8`, `>i4` or `|b1`.
 * @throws UnsupportedError naming the dtype and what it holds
 */
export function parseTypeString(text: string): NumpyDType {
  const { letter, width, littleEndian } = scalarType(text);
  const dtype = dtypeOf(`${letter}${width}`);
  if (dtype) return { dtype, littleEndian };
  const holds = NOT_NUMBERS.get(letter) ?? 'numbers of a width that is not read';
  throw new UnsupportedError(`dtype '${text.slice(0, 40)}' holds ${holds}`);
}

/** The type string of a dtype in little-endian order; undefined for bfloat16 and the 8-bit floats, which NumPy lacks. */
export function typeString(dtype: DType): string | undefined {
  const code = [...DTYPE_OF].find(([, name]) => name === dtype)?.[0];
  return code && (bytesPerElement(dtype) === 1 ? '|' : '<') + code;
}
