import { UnsupportedError } from '../errors';
import { FLOAT8, isFloat8 } from './float8';

/** Element types, by NumPy's names (bfloat16 and the 8-bit floats as ml_dtypes, PyTorch and ONNX name them). */
export type DType = (typeof DTYPES)[number];

export const DTYPES = [
  'float16',
  'bfloat16',
  'float8_e4m3fn',
  'float8_e5m2',
  'float8_e4m3fnuz',
  'float8_e5m2fnuz',
  'float8_e8m0fnu',
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

/** Numbers as tensors hold them, but for 64-bit integers. */
export type Numbers = Exclude<TensorData, BigInt64Array | BigUint64Array>;

interface DTypeInfo {
  /** Bytes an element takes in a file. */
  readonly bytes: number;
  /** Holds the elements in memory. The smaller floats have no typed array of their own: float32 holds all their values exactly. */
  readonly array: {
    new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TensorData;
    readonly BYTES_PER_ELEMENT: number;
  };
}

const INFO: Readonly<Record<DType, DTypeInfo>> = {
  float16: { bytes: 2, array: Float32Array },
  bfloat16: { bytes: 2, array: Float32Array },
  float8_e4m3fn: { bytes: 1, array: Float32Array },
  float8_e5m2: { bytes: 1, array: Float32Array },
  float8_e4m3fnuz: { bytes: 1, array: Float32Array },
  float8_e5m2fnuz: { bytes: 1, array: Float32Array },
  float8_e8m0fnu: { bytes: 1, array: Float32Array },
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

/** Bytes one element of `dtype` takes in memory. */
export function bytesInMemory(dtype: DType): number {
  return INFO[dtype].array.BYTES_PER_ELEMENT;
}

/** A zeroed typed array that can hold `length` elements of `dtype`. */
export function allocate(dtype: DType, length: number): TensorData {
  return elementsIn(new ArrayBuffer(length * bytesInMemory(dtype)), dtype);
}

/** The typed array of the elements of `dtype` that `memory` holds from an address on. @param length how many; all there are if left out */
export function elementsIn(memory: ArrayBufferLike, dtype: DType, address = 0, length?: number): TensorData {
  return new INFO[dtype].array(memory, address, length);
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
 * (Integers up to 2^24 and the smaller floats fit float32 exactly.)
 */
export function computeDType(dtype: DType): 'float32' | 'float64' {
  return dtype === 'float64' ? 'float64' : 'float32';
}

/** `value` as an element of `dtype` would hold it: rounded, wrapped or truncated as NumPy's astype does. */
export function roundTo(dtype: DType): (value: number) => number {
  if (isFloat8(dtype)) return FLOAT8[dtype].round;
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
 * @param bytes exactly `count · bytesPerElement(dtype)` bytes, alone in their buffer, which the elements take over
 * @param littleEndian byte order of the elements in `bytes`
 * @throws UnsupportedError if a bool is neither 0 nor 1
 */
export function decodeElements(
  dtype: DType,
  bytes: Uint8Array<ArrayBuffer>,
  littleEndian: boolean,
): TensorData {
  const { bytes: width, array } = INFO[dtype];
  if (isFloat8(dtype)) {
    const { values } = FLOAT8[dtype];
    return Float32Array.from(bytes, code => values[code]);
  }
  if (!littleEndian && width > 1) swapBytes(bytes, width);
  if (dtype === 'float16' || dtype === 'bfloat16') {
    const patterns = new Uint16Array(bytes.buffer);
    return Float32Array.from(patterns, dtype === 'float16' ? halfToNumber : bfloat16ToNumber);
  }
  if (dtype === 'bool') {
    const wrong = bytes.find(byte => byte > 1);
    if (wrong !== undefined) throw new UnsupportedError(`bool: a byte is ${wrong}, expected 0 or 1`);
  }
  return new array(bytes.buffer);
}

/** Turns each group of `width` bytes round. */
function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) {
    for (let i = start, j = start + width - 1; i < j; i++, j--) {
      const byte = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = byte;
    }
  }
}
