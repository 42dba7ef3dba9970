import type { ByteSource } from '../byteSource';
import { denseLayout, storedEntry } from '../storedEntry';
import type { Contents, OpenContext } from '../tensorFile';
import { flatten } from './flatten';
import { loadPickle } from './machine';

/**
 * Opens a pickle of NumPy arrays in dicts, lists and tuples. The elements stay in the file until they are read.
 * @throws FormatError if it is damaged, or names anything that is not known to be data: nothing is ever run
 */
export async function openPickle(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  const { value, end } = await loadPickle(source, signal);
  const { arrays, notes } = flatten(value, name);
  if (end < source.size)
    notes.push({ name: '', reason: `${source.size - end} bytes after the pickle are not read` });
  return {
    tensors: arrays.map(({ name, elements: { type, shape, order, bytes } }) =>
      storedEntry('pickle', name, bytes, denseLayout({ ...type, shape, offset: 0 }, order)),
    ),
    notes,
  };
}
