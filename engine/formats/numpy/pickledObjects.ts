import { sliceSource, type ByteSource } from '../bytes/byteSource';
import { openPickle } from '../pickle/openPickle';
import { isKind, type Value } from '../pickle/values';
import type { Contents, OpenContext } from '../tensorFile';

/** Where a .npy file holds Python objects: `dtype=object`. */
export interface PickledObjects {
  /** Position of the pickle of the array, which lasts to the end of the file. */
  readonly pickleAt: number;
  /** Without axes: `np.save(file, a_dict)` makes an array of the one dict. */
  readonly isSingle: boolean;
}

/**
 * What the objects of a .npy file come to: the arrays inside them, and an outline. Nothing is ever imported or run.
 * Source: numpy.lib.format, `write_array`.
 * @throws FormatError, UnsupportedError
 */
export function openPickledObjects(
  source: ByteSource,
  { pickleAt, isSingle }: PickledObjects,
  context: OpenContext,
): Promise<Contents> {
  const single = (value: Value): Value => (isKind(value, 'array') ? (value.parts.get('0') ?? value) : value);
  const pickle = sliceSource(source, pickleAt, source.size - pickleAt);
  return openPickle(pickle, context, isSingle ? single : undefined);
}
