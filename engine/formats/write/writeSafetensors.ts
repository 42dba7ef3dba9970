import { UnsupportedError } from '../../errors';
import type { DType, Tensor } from '../../tensor';
import { concat } from '../bytes/inflate';
import { ELEMENT_TYPES } from '../safetensors/elementTypes';
import { elementBytes } from './elementBytes';

/** The header ends at a multiple of this, filled up with blanks. */
const ALIGNMENT = 8;

/** Names and places in the order of alignment of the dtypes. */
const TYPES = [...ELEMENT_TYPES].flatMap(([name, type]) =>
  'dtype' in type ? [{ name, dtype: type.dtype }] : [],
);

/**
 * Tensors as the bytes of a safetensors file, each with its dtype. Like the reference implementation it writes the most
 * strictly aligned dtypes first, then by name.
 * Source: the safetensors crate, `prepare`.
 * @throws UnsupportedError if a tensor is called `__metadata__`
 */
export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>): Uint8Array<ArrayBuffer> {
  if (tensors.has('__metadata__')) {
    throw new UnsupportedError("safetensors: '__metadata__' is no name for a tensor; save it under another");
  }
  const sorted = [...tensors].sort(
    ([a, { dtype: one }], [b, { dtype: other }]) => alignment(other) - alignment(one) || (a < b ? -1 : 1),
  );
  const pieces: Uint8Array[] = [];
  const infos: string[] = [];
  let position = 0;
  for (const [name, tensor] of sorted) {
    const bytes = elementBytes(tensor);
    const info = {
      dtype: TYPES[alignment(tensor.dtype)].name,
      shape: tensor.shape,
      data_offsets: [position, position + bytes.length],
    };
    // Text by text: an object would sort names like '10' first and has no place for '__proto__'.
    infos.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    pieces.push(bytes);
    position += bytes.length;
  }
  const text = new TextEncoder().encode(`{${infos.join(',')}}`);
  const header = new Uint8Array(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT).fill(0x20);
  header.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return concat([length, header, ...pieces]);
}

function alignment(dtype: DType): number {
  return TYPES.findIndex(type => type.dtype === dtype);
}
