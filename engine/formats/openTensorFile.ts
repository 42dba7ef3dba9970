import { FormatError, UnsupportedError } from '../errors';
import { memoryBytes, readBytes, type ByteSource } from './byteSource';
import { openIdx, isIdx } from './idx';
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
  /** Whether a file that starts with these bytes (at most {@link HEAD}) is certainly of this format. */
  readonly matches: (head: Uint8Array) => boolean;
  /** Matches the names of files that are meant to be of this format. */
  readonly names: RegExp;
  readonly open: FormatReader;
}

const HEAD = 64;

const startsWith =
  (...magic: number[]) =>
  (head: Uint8Array): boolean =>
    magic.every((byte, i) => head[i] === byte);

/** Asked in this order: first all by content, then all by name. */
const FORMATS: readonly Format[] = [
  { matches: startsWith(...NPY_MAGIC), names: /\.npy$/i, open: openNpy },
  { matches: startsWith(0x50, 0x4b), names: /\.npz$/i, open: openNpz },
  { matches: startsWith(...PNG_SIGNATURE), names: /\.png$/i, open: openPng },
  { matches: startsWith(0xff, 0xd8, 0xff), names: /\.jpe?g$/i, open: openJpeg },
  { matches: isIdx, names: /idx\d?$|[-.]idx\d?-ubyte$/i, open: openIdx },
  // Protocol 2 and later; older ones have no mark and go by their name.
  { matches: head => head[0] === 0x80 && head[1] <= 9, names: /\.(pkl|pickle|p)$/i, open: openPickle },
  {
    matches: head => /^\s*[[{]/.test(new TextDecoder().decode(head)),
    names: /\.json$/i,
    open: openJson,
  },
];

/** Names of files that {@link openTensorFile} may be able to open, for a file dialog or a search. */
export function isTensorFileName(fileName: string): boolean {
  const name = withoutGz(fileName);
  return FORMATS.some(({ names }) => names.test(name));
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
  const source = bytes instanceof Uint8Array ? memoryBytes(bytes) : bytes;
  const baseName = fileName.replace(/^.*[/\\]/s, '');
  const head = await readBytes(source, baseName, 0, Math.min(HEAD, source.size), signal);
  if (head.length === 0) throw new FormatError(baseName, 'the file is empty');
  if (!startsWith(0x1f, 0x8b)(head)) return openPlain(source, head, baseName, signal);

  const pieces = inflate(piecesOf(source, 'gzip', signal), 'gzip', 'gzip');
  const inflated = await collect(pieces, inflateLimit(source.size), 'gzip');
  return openPlain(memoryBytes(inflated), inflated.subarray(0, HEAD), withoutGz(baseName), signal);
}

async function openPlain(
  source: ByteSource,
  head: Uint8Array,
  baseName: string,
  signal?: AbortSignal,
): Promise<TensorFile> {
  const format =
    FORMATS.find(({ matches }) => matches(head)) ?? FORMATS.find(({ names }) => names.test(baseName));
  if (!format) {
    const start = Array.from(head.subarray(0, 8), byte => byte.toString(16).padStart(2, '0')).join(' ');
    throw new UnsupportedError(
      `${baseName}: not a format that is read (it starts with the bytes ${start}); .npy, .npz, .pkl, idx, .json, .png and .jpg are`,
    );
  }
  const file = await format.open(source, stem(baseName), signal);
  if (file.tensors.length === 0 && file.notes.length > 0) {
    const reasons = file.notes.slice(0, 3).map(({ name, reason }) => (name ? `${name}: ${reason}` : reason));
    throw new FormatError(file.format, `holds no array that can be read: ${reasons.join('; ')}`);
  }
  return { ...file, tensors: withUniqueNames(file.tensors) };
}

function withoutGz(fileName: string): string {
  return fileName.replace(/\.gz$/i, '');
}

/** The name without its extension; `.npy` alone is a name. */
function stem(baseName: string): string {
  return baseName.replace(/(?<=.)\.[^.]*$/s, '');
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
