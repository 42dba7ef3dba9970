import { bytesPerElement, numberToHalf, sizeOf, formatShape, type Tensor } from '../../tensor';
import { typeString } from './dtype';
import { NPY_MAGIC } from './npy';

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
  const { data } = tensor;
  if (dtype === 'float16') {
    const view = new DataView(file.buffer, offset);
    for (let i = 0; i < data.length; i++) view.setUint16(2 * i, numberToHalf(Number(data[i])), true);
  } else {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
  }
  return file;
}
