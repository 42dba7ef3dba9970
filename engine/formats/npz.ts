import { FormatError, UnsupportedError } from '../errors';
import type { ByteSource } from './byteSource';
import { numpyEntries } from './numpy/entries';
import { NPY_HEAD, readNpyLayout } from './numpy/npy';
import type { Contents, Note, OpenContext, TensorEntry, TextEntry } from './tensorFile';
import { ZipContents, type ZipMember } from './zip';

/**
 * Opens a .npz file: a zip of .npy members, named after them. What is not a readable array becomes a note.
 */
export async function openNpz(
  source: ByteSource,
  members: readonly ZipMember[],
  { signal }: OpenContext,
): Promise<Contents> {
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const notes: Note[] = [];
  const contents = new ZipContents(source);
  for (const member of members) {
    const name = member.name.replace(/\.npy$/, '');
    if (member.directory) {
      notes.push({ name, reason: 'is a folder' });
    } else if (name === member.name) {
      notes.push({ name, reason: 'is not a .npy member' });
    } else {
      try {
        const content = await contents.open(member, NPY_HEAD, signal);
        const array = numpyEntries('npy', name, content, await readNpyLayout(content, signal));
        tensors.push(...array.tensors);
        texts.push(...(array.texts ?? []));
        notes.push(...array.notes);
      } catch (error) {
        if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
        notes.push({ name, reason: error.message });
      }
    }
  }
  return { tensors, texts, notes };
}
