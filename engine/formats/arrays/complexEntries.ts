import { bytesPerElement } from '../../tensor';
import type { ByteSource } from '../bytes/byteSource';
import { denseLayout, storedEntry, type Layout } from './storedEntry';
import type { StoredArray, TensorEntry } from '../tensorFile';

/**
 * An array of complex numbers, each a real and an imaginary part side by side, as two arrays: `name.real` and
 * `name.imag`.
 * @param parts the layout of the real parts if they were alone: `dtype` is that of a part
 * @throws FormatError if the array reaches beyond the end of `source`
 */
export function complexEntries(
  format: string,
  name: string,
  source: ByteSource,
  parts: Omit<Layout, 'strides'>,
  stored: StoredArray = {},
): TensorEntry[] {
  const { strides, ...rest } = denseLayout(parts);
  const real = { ...rest, strides: strides.map(stride => 2 * stride) };
  const imag = { ...real, offset: real.offset + bytesPerElement(parts.dtype) };
  const part = (name: string): StoredArray => ({ ...stored, access: stored.access && stored.access + name });
  return [
    storedEntry(format, `${name}.real`, source, real, part('.real')),
    storedEntry(format, `${name}.imag`, source, imag, part('.imag')),
  ];
}
