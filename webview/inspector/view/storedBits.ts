import { bytesPerElement, numberToBfloat16, numberToHalf, type DType } from '../../../engine';

/** How wide sign, exponent and fraction are (IEEE 754; bfloat16 is float32 with a shorter fraction). */
const FLOAT_FIELDS: Partial<Record<DType, readonly number[]>> = {
  float16: [1, 5, 10],
  bfloat16: [1, 8, 7],
  float32: [1, 8, 23],
  float64: [1, 11, 52],
};

/**
 * The bits that a value is stored in, the highest first: `0x3f800000`, and its fields apart,
 * `0 01111111 00000000000000000000000`. Undefined for types whose patterns have no common layout.
 */
export function storedBits(
  value: number | bigint,
  dtype: DType,
): { readonly hex: string; readonly bits: string } | undefined {
  const pattern = patternOf(value, dtype);
  if (pattern === undefined) return undefined;
  const width = 8 * bytesPerElement(dtype);
  const digits = pattern.toString(2).padStart(width, '0');
  let at = 0;
  const fields = FLOAT_FIELDS[dtype] ?? new Array<number>(width / 8).fill(8);
  const bits = fields.map(length => digits.slice(at, (at += length))).join(' ');
  return { hex: `0x${pattern.toString(16).padStart(width / 4, '0')}`, bits };
}

function patternOf(value: number | bigint, dtype: DType): bigint | undefined {
  const view = new DataView(new ArrayBuffer(8));
  switch (dtype) {
    case 'float16':
      return BigInt(numberToHalf(Number(value)));
    case 'bfloat16':
      return BigInt(numberToBfloat16(Number(value)));
    case 'float32':
      view.setFloat32(0, Number(value));
      return BigInt(view.getUint32(0));
    case 'float64':
      view.setFloat64(0, Number(value));
      return view.getBigUint64(0);
    default:
      return dtype.startsWith('float')
        ? undefined
        : BigInt.asUintN(8 * bytesPerElement(dtype), BigInt(value));
  }
}
