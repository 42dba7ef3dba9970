import type { ByteSource } from '../bytes/byteSource';
import type { Contents, OpenContext } from '../tensorFile';
import { isLegacyMagic, openLegacyTorch } from '../torch/legacy';
import { KNOWN_GLOBALS } from '../torch/globals';
import { contentsOf } from './contents';
import { GlobalTable } from './globals';
import { loadPickle } from './machine';
import type { Value } from './values';

/**
 * Opens a pickle: arrays of NumPy, of joblib and of PyTorch, wherever they are in it. The elements stay in the file until
 * they are read. Objects of classes that are not known to be data become an outline; nothing is ever imported or run.
 * @param shown which part of the value is shown, all of it where left out
 * @throws FormatError if it is damaged, UnsupportedError if its data is elsewhere
 */
export async function openPickle(
  source: ByteSource,
  context: OpenContext,
  shown: (value: Value) => Value = value => value,
): Promise<Contents> {
  const globals = new GlobalTable(KNOWN_GLOBALS);
  const { value, end, python2 } = await loadPickle(source, { globals, signal: context.signal });
  if (isLegacyMagic(value)) return openLegacyTorch(source, end, globals, context);
  const contents = contentsOf(shown(value), context.name);
  const notes = [...contents.notes, ...globals.notes()];
  if (end < source.size)
    notes.push({ name: '', reason: `${source.size - end} bytes after the pickle are not read` });
  return { ...contents, notes, ...(python2 && { python: { arguments: "encoding='latin1'" } }) };
}
