import { FLOAT8, isFloat8, numberToBfloat16, numberToHalf, type Float8Name, type Tensor } from '../../tensor';

/** The elements of `tensor` as files hold them: C order, little-endian, each in the width of its dtype. */
export function elementBytes(tensor: Tensor): Uint8Array {
  const { dtype } = tensor;
  if (dtype === 'float16') return bytesOf(Uint16Array.from(tensor.numbers(), numberToHalf));
  if (dtype === 'bfloat16') return bytesOf(Uint16Array.from(tensor.numbers(), numberToBfloat16));
  if (isFloat8(dtype)) {
    const codes = float8Codes(dtype);
    return Uint8Array.from(tensor.numbers(), value => codes.get(keyOf(value)) ?? 0);
  }
  return bytesOf(tensor.data);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The code of each value of the dtype. */
function float8Codes(dtype: Float8Name): ReadonlyMap<number | string, number> {
  const codes = new Map<number | string, number>();
  FLOAT8[dtype].values.forEach((value, code) => {
    if (!codes.has(keyOf(value))) codes.set(keyOf(value), code);
  });
  return codes;
}

/** A Map takes -0 for 0. */
function keyOf(value: number): number | string {
  return Object.is(value, -0) ? '-0' : value;
}
