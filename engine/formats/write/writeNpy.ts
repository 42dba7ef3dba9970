import { bytesPerElement, formatShape, sizeOf, type Tensor } from '../../tensor';
import { typeString } from '../numpy/dtype';
import { NPY_MAGIC } from '../numpy/npy';
import { elementBytes } from './elementBytes';

/** The array's bytes start at a multiple of this, as NumPy writes them. */
const ALIGNMENT = 64;

/**
 * `tensor` as the bytes of a .npy file, version 1.0, C order, little-endian.
 * bfloat16 and the 8-bit floats, which NumPy lacks, are written as float32 (exactly).
 */
export function writeNpy(tensor: Tensor): Uint8Array<ArrayBuffer> {
  const dtype = typeString(tensor.dtype) ? tensor.dtype : 'float32';
  const shape = formatShape(tensor.shape);
  const dict = `{'descr': '${typeString(dtype)}', 'fortran_order': False, 'shape': ${shape}, }`;
  const prefix = NPY_MAGIC.length + 4;
  const offset = Math.ceil((prefix + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${dict.padEnd(offset - prefix - 1)}\n`;

  const file = new Uint8Array(offset + sizeOf(tensor.shape) * bytesPerElement(dtype));
  file.set(NPY_MAGIC);
  file.set([1, 0, header.length & 0xff, header.length >> 8], NPY_MAGIC.length);
  file.set(new TextEncoder().encode(header), prefix);
  file.set(elementBytes(dtype === tensor.dtype ? tensor : tensor.astype(dtype)), offset);
  return file;
}
