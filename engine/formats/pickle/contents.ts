import { FormatError, UnsupportedError } from '../../errors';
import type { Contents, Note, TensorEntry, TextEntry } from '../tensorFile';
import { within } from '../access';
import { namedArrays } from './namedArrays';
import { outline } from './outline';
import type { Value } from './values';

/** A record of many fields, named again and again, would be as many arrays each time. */
const MAX_ENTRIES = 200_000;

/**
 * What a pickled value has to show: its arrays and texts under their names, all else as an outline.
 * @param root what a bare array or object is called
 */
export function contentsOf(value: Value, root: string): Contents {
  const { arrays, notes } = namedArrays(value, root);
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const left: Note[] = [];
  for (const { name, access, content } of arrays) {
    if (tensors.length + texts.length > MAX_ENTRIES) {
      left.push({ name: '', reason: `only the first ${MAX_ENTRIES} arrays are shown` });
      break;
    }
    try {
      const entries = content(name);
      tensors.push(...entries.tensors.map(entry => within(access, entry)));
      texts.push(...(entries.texts ?? []).map(entry => within(access, entry)));
      left.push(...(entries.notes ?? []));
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
      left.push({ name, reason: error.message });
    }
  }
  return { tensors, texts, notes: [...notes, ...left], metadata: outline(value, root) };
}
