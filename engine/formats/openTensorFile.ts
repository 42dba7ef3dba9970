import { FormatError, UnsupportedError } from '../errors';
import { memoryBytes, readBytes, type ByteSource } from './byteSource';
import { baseName, FILE_NAMES, stem, withoutGz, type FormatName } from './fileNames';
import { isIdx, openIdx } from './idx';
import { openJpeg } from './image/jpeg';
import { openPng, PNG_SIGNATURE } from './image/png';
import { collect, inflate, piecesOf } from './inflate';
import { openJson } from './json';
import { inflateLimit } from './limits';
import { NPY_MAGIC, openNpy } from './numpy/npy';
import { openNpz } from './npz';
import { openPickle } from './pickle/openPickle';
import type { FormatReader, TensorEntry, TensorFile } from './tensorFile';

interface Format {
  readonly name: FormatName;
  /** Whether a file that starts with these bytes (at most {@link HEAD}) is certainly of this format. */
  readonly matches: (head: Uint8Array) => boolean;
  readonly open: FormatReader;
}

const HEAD = 64;

/** Asked in this order: first all by content, then all by name. */
const FORMATS: readonly Format[] = [
  { name: 'npy', matches: startsWith(...NPY_MAGIC), open: openNpy },
  { name: 'npz', matches: startsWith(0x50, 0x4b), open: openNpz },
  { name: 'png', matches: startsWith(...PNG_SIGNATURE), open: openPng },
  { name: 'jpeg', matches: startsWith(0xff, 0xd8, 0xff), open: openJpeg },
  { name: 'idx', matches: isIdx, open: openIdx },
  // Protocol 2 and later; older ones have no mark and go by their name.
  { name: 'pickle', matches: head => head[0] === 0x80 && head[1] <= 9, open: openPickle },
  { name: 'json', matches: head => /^\s*[[{]/.test(new TextDecoder().decode(head)), open: openJson },
];

function startsWith(...magic: number[]) {
  return (head: Uint8Array) => magic.every((byte, i) => head[i] === byte);
}

/**
 * Opens a file of arrays: .npy, .npz, .pkl, idx, .json, .png, .jpg, and all of them gzipped. Only what is needed to know
 * the arrays' names and shapes is read.
 * @param fileName with or without folders; decides where the content does not, and names an array that has no name
 * @throws FormatError if the file is damaged, dangerous or of another format; UnsupportedError if we cannot read it,
 *   CancelledError
 */
export async function openTensorFile(
  bytes: Uint8Array | ByteSource,
  fileName: string,
  signal?: AbortSignal,
): Promise<TensorFile> {
  const source = 'read' in bytes ? bytes : memoryBytes(bytes);
  const name = baseName(fileName);
  const head = await readBytes(source, name, 0, Math.min(HEAD, source.size), signal);
  if (head.length === 0) throw new FormatError(name, 'the file is empty');
  if (!startsWith(0x1f, 0x8b)(head)) return openPlain(source, head, name, signal);

  const pieces = inflate(piecesOf(source, 'gzip', signal), 'gzip', 'gzip');
  const inflated = await collect(pieces, inflateLimit(source.size), 'gzip');
  return openPlain(memoryBytes(inflated), inflated.subarray(0, HEAD), withoutGz(name), signal);
}

async function openPlain(
  source: ByteSource,
  head: Uint8Array,
  name: string,
  signal?: AbortSignal,
): Promise<TensorFile> {
  const format =
    FORMATS.find(({ matches }) => matches(head)) ??
    FORMATS.find(format => FILE_NAMES[format.name].test(name));
  if (!format) {
    const start = Array.from(head.subarray(0, 8), byte => byte.toString(16).padStart(2, '0')).join(' ');
    throw new UnsupportedError(
      `${name}: not a format that is read (it starts with the bytes ${start}); .npy, .npz, .pkl, idx, .json, .png and .jpg are`,
    );
  }
  const { tensors, notes } = await format.open(source, stem(name), signal);
  if (tensors.length === 0 && notes.length > 0) {
    const reasons = notes.slice(0, 3).map(({ name, reason }) => (name ? `${name}: ${reason}` : reason));
    throw new FormatError(format.name, `holds no array that can be read: ${reasons.join('; ')}`);
  }
  return { format: format.name, tensors: withUniqueNames(tensors), notes };
}

/** A zip may hold a name twice, and dict keys 1 and '1' look the same: the second gets a number. */
function withUniqueNames(tensors: readonly TensorEntry[]): TensorEntry[] {
  const copies = new Map<string, number>();
  return tensors.map(tensor => {
    let { name } = tensor;
    let copy = copies.get(name) ?? 1;
    while (copies.has(name)) name = `${tensor.name} (${++copy})`;
    copies.set(tensor.name, copy);
    copies.set(name, 1);
    return name === tensor.name ? tensor : { ...tensor, name };
  });
}
