import { UnsupportedError } from '../errors';

/** Element types, by NumPy's names (bfloat16 as PyTorch and safetensors name it). */
export type DType = (typeof DTYPES)[number];

export const DTYPES = [
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
] as const;

/** The typed arrays a tensor's elements are held in. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

interface DTypeInfo {
  /** Bytes an element takes in a file. */
  readonly bytes: number;
  /** Holds the elements in memory. The two 16-bit floats have no typed array of their own: float32 holds every value of both exactly. */
  readonly array: new (length: number) => TensorData;
}

const INFO: Readonly<Record<DType, DTypeInfo>> = {
  float16: { bytes: 2, array: Float32Array },
  bfloat16: { bytes: 2, array: Float32Array },
  float32: { bytes: 4, array: Float32Array },
  float64: { bytes: 8, array: Float64Array },
  int8: { bytes: 1, array: Int8Array },
  int16: { bytes: 2, array: Int16Array },
  int32: { bytes: 4, array: Int32Array },
  int64: { bytes: 8, array: BigInt64Array },
  uint8: { bytes: 1, array: Uint8Array },
  uint16: { bytes: 2, array: Uint16Array },
  uint32: { bytes: 4, array: Uint32Array },
  uint64: { bytes: 8, array: BigUint64Array },
  bool: { bytes: 1, array: Uint8Array },
};

/** Bytes one element of `dtype` takes in a file. */
export function bytesPerElement(dtype: DType): number {
  return INFO[dtype].bytes;
}

/** A zeroed typed array that can hold `length` elements of `dtype`. */
export function allocate(dtype: DType, length: number): TensorData {
  return new INFO[dtype].array(length);
}

export function isDType(name: string): name is DType {
  return (DTYPES as readonly string[]).includes(name);
}

/** Whether the elements are floating-point numbers (so that NaN and ±Inf can occur). */
export function isFloat(dtype: DType): boolean {
  return dtype.includes('float');
}

/**
 * The type the engine computes in for an input of `dtype`: float64 stays, all else becomes float32.
 * (Integers up to 2^24 and both 16-bit floats fit float32 exactly.)
 */
export function computeDType(dtype: DType): 'float32' | 'float64' {
  return dtype === 'float64' ? 'float64' : 'float32';
}

/** `value` as an element of `dtype` would hold it: rounded, wrapped or truncated as NumPy's astype does. */
export function roundTo(dtype: DType): (value: number) => number {
  switch (dtype) {
    case 'float16':
      return value => halfToNumber(numberToHalf(value));
    case 'bfloat16':
      return value => bfloat16ToNumber(numberToBfloat16(value));
    case 'bool':
      return value => (value === 0 ? 0 : 1);
    default:
      return value => value; // the typed array itself rounds
  }
}

/** Value of an IEEE 754 binary16 bit pattern (exact). */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Nearest IEEE 754 binary16 bit pattern, ties to even. */
export function numberToHalf(value: number): number {
  return encodeBinary(value, 5, 10);
}

const word = new DataView(new ArrayBuffer(4));

/** Value of a bfloat16 bit pattern: the upper half of a float32 (exact). */
export function bfloat16ToNumber(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

/** Nearest bfloat16 bit pattern, ties to even. */
export function numberToBfloat16(value: number): number {
  return encodeBinary(value, 8, 7);
}

/** Nearest pattern of a 16-bit IEEE 754 format (sign, exponent, fraction), ties to even. */
function encodeBinary(value: number, exponentBits: 5 | 8, fractionBits: 10 | 7): number {
  const infinity = 0x7fff & (-1 << fractionBits);
  if (Number.isNaN(value)) return infinity | (1 << (fractionBits - 1));
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | infinity;
  const bias = 2 ** (exponentBits - 1) - 1;
  // Below the least normal number the steps stay as they are. log2 may land a hair off at a power of two, which does no
  // harm: the steps then carry into the exponent.
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), 1 - bias);
  const steps = roundHalfToEven(magnitude / 2 ** (exponent - fractionBits));
  return sign | Math.min(infinity, ((exponent + bias - 1) << fractionBits) + steps);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/**
 * Elements of `dtype` from their bytes.
 * @param bytes exactly `count · bytesPerElement(dtype)` bytes
 * @param littleEndian byte order of the elements in `bytes`
 * @throws UnsupportedError if a bool is neither 0 nor 1
 */
export function decodeElements(dtype: DType, bytes: Uint8Array, littleEndian: boolean): TensorData {
  const count = bytes.byteLength / INFO[dtype].bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = allocate(dtype, count);
  if (dtype === 'float16' || dtype === 'bfloat16') {
    const decode = dtype === 'float16' ? halfToNumber : bfloat16ToNumber;
    for (let i = 0; i < count; i++) data[i] = decode(view.getUint16(2 * i, littleEndian));
    return data;
  }
  if (dtype === 'bool') {
    for (const byte of bytes)
      if (byte > 1) throw new UnsupportedError(`bool: a byte is ${byte}, expected 0 or 1`);
  }
  // Copy first: the bytes may start at any offset of their buffer, typed arrays may not.
  const raw = new Uint8Array(data.buffer);
  raw.set(bytes);
  if (!littleEndian && INFO[dtype].bytes > 1) swapBytes(raw, INFO[dtype].bytes);
  return data;
}

function swapBytes(raw: Uint8Array, width: number): void {
  for (let start = 0; start < raw.length; start += width) raw.subarray(start, start + width).reverse();
}
