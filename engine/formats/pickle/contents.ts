import { FormatError, UnsupportedError } from '../../errors';
import type { Contents, Note, TensorEntry, TextEntry } from '../tensorFile';
import { namedArrays } from './namedArrays';
import { outline } from './outline';
import type { Value } from './values';

/**
 * What a pickled value has to show: its arrays and texts under their names, all else as an outline.
 * @param root what a bare array or object is called
 */
export function contentsOf(value: Value, root: string): Contents {
  const { arrays, notes } = namedArrays(value, root);
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const damaged: Note[] = [];
  for (const { name, content } of arrays) {
    try {
      const entries = content(name);
      tensors.push(...entries.tensors);
      texts.push(...(entries.texts ?? []));
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof UnsupportedError)) throw error;
      damaged.push({ name, reason: error.message });
    }
  }
  return { tensors, texts, notes: [...notes, ...damaged], metadata: outline(value, root) };
}
