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
]);

/** The dtype of a kind and size such as `f8`, if it is one of ours. */
export function dtypeOf(code: string): DType | undefined {
  return DTYPE_OF.get(code);
}

/** The type string of a dtype in little-endian order; undefined for bfloat16 and the 8-bit floats, which NumPy lacks. */
export function typeString(dtype: DType): string | undefined {
  const code = [...DTYPE_OF].find(([, name]) => name === dtype)?.[0];
  return code && (bytesPerElement(dtype) === 1 ? '|' : '<') + code;
}
