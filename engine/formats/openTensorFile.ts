import { FormatError, UnsupportedError } from '../errors';
import { memoryBytes, readBytes, type ByteSource } from './bytes/byteSource';
import { openCsv } from './csv/openCsv';
import { baseName, FILE_NAMES, stem, withoutGz, type FormatName } from './fileNames';
import { isIdx, openIdx } from './idx';
import { HDF5_SIGNATURE } from './hdf5/hdf5File';
import { openHdf5 } from './hdf5/openHdf5';
import { openJpeg } from './image/jpeg';
import { openPng, PNG_SIGNATURE } from './image/png';
import { collect, inflate, piecesOf } from './bytes/inflate';
import { openJson } from './json/openJson';
import { inflateLimit } from './limits';
import { isText, standInFor } from './notData';
import { NPY_MAGIC, openNpy } from './numpy/npy';
import { openOnnx } from './onnx/openOnnx';
import { isCompressedPickle, openCompressedPickle } from './pickle/compressed';
import { openPickle } from './pickle/openPickle';
import { isSafetensors, openSafetensors } from './safetensors/openSafetensors';
import { isOldTorchTar, openOldTorchTar } from './torch/oldTar';
import type { FormatReader, OpenContext, Siblings, TensorFile } from './tensorFile';
import { withUniqueNames } from './uniqueNames';
import { openZip } from './zip/zipFile';

interface Format {
  readonly name: FormatName;
  /** Whether a file that starts with these bytes (at most {@link HEAD}) is certainly of this format. */
  readonly matches: (head: Uint8Array) => boolean;
  readonly open: FormatReader;
}

const HEAD = 512;

/** Asked in this order: first all by content, then all by name. */
const FORMATS: readonly Format[] = [
  { name: 'npy', matches: startsWith(...NPY_MAGIC), open: openNpy },
  // Before zip: a length may start with the letters PK.
  { name: 'safetensors', matches: isSafetensors, open: openSafetensors },
  { name: 'npz', matches: startsWith(0x50, 0x4b), open: openZip },
  { name: 'hdf5', matches: startsWith(...HDF5_SIGNATURE), open: openHdf5 },
  { name: 'png', matches: startsWith(...PNG_SIGNATURE), open: openPng },
  { name: 'jpeg', matches: startsWith(0xff, 0xd8, 0xff), open: openJpeg },
  { name: 'idx', matches: isIdx, open: openIdx },
  // Zip files and pickles by their content.
  { name: 'torch', matches: () => false, open: openPickle },
  { name: 'torch', matches: isOldTorchTar, open: openOldTorchTar },
  // Protocol 2 and later; older ones have no mark and go by their name.
  { name: 'pickle', matches: head => head[0] === 0x80 && head[1] <= 9, open: openPickle },
  { name: 'pickle', matches: isCompressedPickle, open: openCompressedPickle },
  // ONNX and CSV have no mark at all.
  { name: 'onnx', matches: () => false, open: openOnnx },
  { name: 'csv', matches: () => false, open: openCsv },
  { name: 'json', matches: head => /^\s*[[{]/.test(new TextDecoder().decode(head)), open: openJson },
];

/** Formats of any objects: without arrays, or with none that can be read, there is an outline to show. */
const OF_OBJECTS: ReadonlySet<FormatName> = new Set(['pickle', 'torch']);

function startsWith(...magic: number[]) {
  return (head: Uint8Array) => magic.every((byte, i) => head[i] === byte);
}

/**
 * Opens a file of arrays of any format in this folder, and most of them gzipped. Only what is needed to know the arrays'
 * names and shapes is read.
 * @param fileName with or without folders; decides where the content does not, and names an array that has no name
 * @param siblings gives formats of several files access to the others
 * @throws FormatError if the file is damaged, dangerous or of another format; UnsupportedError if we cannot read it,
 *   CancelledError
 */
export async function openTensorFile(
  bytes: Uint8Array | ByteSource,
  fileName: string,
  signal?: AbortSignal,
  siblings?: Siblings,
): Promise<TensorFile> {
  const source = 'read' in bytes ? bytes : memoryBytes(bytes);
  const name = baseName(fileName);
  const head = await readBytes(source, name, 0, Math.min(HEAD, source.size), signal);
  if (head.length === 0) throw new FormatError(name, 'the file is empty');
  if (!startsWith(0x1f, 0x8b)(head))
    return openPlain(source, head, name, { name: stem(name), siblings, signal });

  const pieces = inflate(piecesOf(source, 'gzip', signal), 'gzip', 'gzip');
  const inflated = await collect(pieces, inflateLimit(source.size), 'gzip');
  return openPlain(memoryBytes(inflated), inflated.subarray(0, HEAD), withoutGz(name), {
    name: stem(name),
    siblings,
    signal,
  });
}

async function openPlain(
  source: ByteSource,
  head: Uint8Array,
  name: string,
  context: OpenContext,
): Promise<TensorFile> {
  const standIn = standInFor(head);
  if (standIn !== undefined) throw new FormatError(name, standIn);
  const certain = FORMATS.find(({ matches }) => matches(head));
  const format = certain ?? FORMATS.find(format => FILE_NAMES[format.name].test(name));
  if (!format) {
    const start = Array.from(head.subarray(0, 8), byte => byte.toString(16).padStart(2, '0')).join(' ');
    throw new UnsupportedError(
      `${name}: not a format that is read (it starts with the bytes ${start}); .npy, .npz, .pkl, .pt, .safetensors, .h5, .keras, .onnx, idx, .json, .csv, .png and .jpg are`,
    );
  }
  const contents = await format.open(source, context).catch((error: unknown) => {
    // Pickles and tables may be text, so only a failure tells.
    if (certain || !isText(head) || !(error instanceof FormatError)) throw error;
    throw new FormatError(
      format.name,
      `this is a text file, and not of this format (${error.message}); use Reopen Editor With… and the text editor`,
      undefined,
      { cause: error },
    );
  });
  const { tensors, texts = [], notes } = contents;
  const actual = contents.format ?? format.name;
  if (tensors.length + texts.length === 0 && notes.length > 0 && !OF_OBJECTS.has(actual)) {
    const reasons = notes.slice(0, 3).map(({ name, reason }) => (name ? `${name}: ${reason}` : reason));
    throw new FormatError(actual, `holds no array that can be read: ${reasons.join('; ')}`);
  }
  return { ...contents, ...withUniqueNames(tensors, texts), format: actual };
}
