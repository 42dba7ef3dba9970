import { FormatError, UnsupportedError } from '../../errors';
import type { ByteSource } from '../bytes/byteSource';
import { numpyEntries } from './entries';
import { NPY_HEAD, readNpyLayout, type KnownHeaders } from './npy';
import { openPickledObjects } from './pickledObjects';
import type { Contents, Metadata, Note, OpenContext, TensorEntry, TextEntry } from '../tensorFile';
import { within } from '../access';
import { pythonText } from '../write/pythonText';
import { readAhead } from '../bytes/readAhead';
import { ZipContents } from '../zip/zip';
import type { ZipMember } from '../zip/zipDirectory';

/** Bytes that usually hold the header of a member in the zip and that of the array in it. */
const MEMBER_HEAD = 2 ** 9;

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
  const metadata: Metadata[] = [];
  const headers = readAhead(
    source,
    members.map(member => member.headerAt),
    MEMBER_HEAD,
  );
  const contents = new ZipContents(headers);
  const known: KnownHeaders = new Map();
  for (const member of members) {
    const name = member.name.replace(/\.npy$/, '');
    if (member.directory) {
      notes.push({ name, reason: 'is a folder' });
    } else if (name === member.name) {
      notes.push({ name, reason: 'is not a .npy member' });
    } else {
      try {
        const content = await contents.open(member, NPY_HEAD, signal);
        const layout = await readNpyLayout(content, signal, known);
        const array =
          'pickleAt' in layout
            ? inside(name, await openPickledObjects(content, layout, { name: '', signal }))
            : numpyEntries('npy', name, content, layout);
        // What is pickled is another thing in Python.
        const access = 'pickleAt' in layout ? undefined : `[${pythonText(name)}]`;
        tensors.push(...array.tensors.map(entry => within(access, entry)));
        texts.push(...(array.texts ?? []).map(entry => within(access, entry)));
        notes.push(...array.notes);
        metadata.push(...(array.metadata ?? []));
      } catch (error) {
        if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
        notes.push({ name, reason: error.message });
      }
    }
  }
  return { tensors, texts, notes, metadata };
}

/** What the objects of a member hold, under its name. */
function inside(member: string, { tensors, texts = [], notes, metadata = [] }: Contents): Contents {
  const named = <T extends { readonly name: string }>(part: T): T => ({
    ...part,
    name: part.name ? `${member}.${part.name}` : member,
  });
  return {
    tensors: tensors.map(named),
    texts: texts.map(named),
    notes: notes.map(named),
    // A single object has no name of its own; of a dict there are its keys.
    metadata: metadata[0]?.name === '' ? metadata.map(named) : [{ name: member, children: metadata }],
  };
}
