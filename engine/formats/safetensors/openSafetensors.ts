import type { ByteSource } from '../bytes/byteSource';
import { complexEntries } from '../arrays/complexEntries';
import { textMetadata } from '../metadata';
import { packedEntry } from '../arrays/packedEntry';
import { denseLayout, storedEntry } from '../arrays/storedEntry';
import type { Contents, Note, OpenContext, TensorEntry } from '../tensorFile';
import { pythonText } from '../write/pythonText';
import { ELEMENT_TYPES } from './elementTypes';
import { readHeader } from './header';
import type { StoredTensor } from './headerText';

const FORMAT = 'safetensors';

/** Whether a file that starts with these bytes is meant as safetensors: a length below 2^32, then a JSON object. */
export function isSafetensors(head: Uint8Array): boolean {
  return head.length > 8 && head.subarray(4, 8).every(byte => byte === 0) && head[8] === 0x7b;
}

/**
 * Opens a safetensors file; only its header is read.
 * @throws FormatError if it breaks any of the format's promises
 */
export async function openSafetensors(source: ByteSource, { signal }: OpenContext): Promise<Contents> {
  const { tensors, metadata, dataAt } = await readHeader(source, signal);
  const entries: TensorEntry[] = [];
  const notes: Note[] = [];
  for (const tensor of tensors) {
    const parts = tensorEntries(source, tensor, dataAt);
    entries.push(...parts);
    if (parts.length === 0) notes.push(unknownType(tensor));
  }
  return { tensors: entries, notes, metadata: textMetadata(metadata) };
}

/** A tensor of the file as arrays: one, two of a complex one, none if its type is not known. */
export function tensorEntries(
  source: ByteSource,
  { name, storedType, shape, start }: StoredTensor,
  dataAt: number,
): TensorEntry[] {
  const type = ELEMENT_TYPES.get(storedType);
  const offset = dataAt + start;
  if (!type) return [];
  const stored = { storedType, access: `.get_tensor(${pythonText(name)})` };
  if ('packed' in type) {
    return [packedEntry(FORMAT, name, source, { offset, type: type.packed, shape }, stored)];
  }
  const array = {
    offset,
    dtype: 'complex' in type ? type.complex : type.dtype,
    shape,
    littleEndian: true,
  };
  return 'complex' in type
    ? complexEntries(FORMAT, name, source, array, stored)
    : [storedEntry(FORMAT, name, source, denseLayout(array), stored)];
}

export function unknownType({ name, storedType }: StoredTensor): Note {
  return { name, reason: `has elements of type ${storedType.slice(0, 40)}, which is not read` };
}
