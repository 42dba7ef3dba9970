import { FormatError, UnsupportedError } from '../../errors';
import type { Shape } from '../../tensor';
import { readBytes, type ByteSource } from '../byteSource';
import { checkedByteLength, denseLayout, storedEntry, type Layout } from '../storedEntry';
import type { Contents, OpenContext } from '../tensorFile';
import { parseTypeString } from './dtype';
import { parsePythonLiteral, type Literal } from './literal';

/** `\x93NUMPY` */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** numpy.load refuses longer headers too, unless it is told that the file is trusted. */
const MAX_HEADER = 10_000;

const USUAL_HEADER = 256;

/** Bytes that hold the header of every file we accept: magic, version, length and {@link MAX_HEADER}. */
export const NPY_HEAD = 12 + MAX_HEADER;

/**
 * Reads the header of a .npy file, versions 1 to 3.
 * Source: NumPy Enhancement Proposal 1, and numpy.lib.format.
 * @throws FormatError if it is no .npy file or the shape claims more than the file holds,
 *   UnsupportedError if the dtype does not hold numbers
 */
export async function readNpyLayout(source: ByteSource, signal?: AbortSignal): Promise<Layout> {
  const read = (offset: number, length: number) => readBytes(source, 'npy', offset, length, signal);
  // One request is enough for nearly every header, which matters in an .npz of many members.
  const usual = await read(0, Math.min(USUAL_HEADER, source.size));
  const take = async (offset: number, length: number) =>
    offset + length <= usual.length ? usual.subarray(offset, offset + length) : read(offset, length);

  const start = await take(0, 10);
  if (NPY_MAGIC.some((byte, i) => start[i] !== byte)) {
    throw new FormatError('npy', 'does not start with \\x93NUMPY, so it is not a .npy file', 0);
  }
  const version = start[6];
  if (version < 1 || version > 3) {
    throw new UnsupportedError(`npy: version ${version}.${start[7]} is not known, only 1.0, 2.0 and 3.0 are`);
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const head = await take(8, lengthBytes);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const headerLength = version === 1 ? view.getUint16(0, true) : view.getUint32(0, true);
  if (headerLength > MAX_HEADER) {
    throw new FormatError(
      'npy',
      `the header claims ${headerLength} bytes, over ${MAX_HEADER} are refused (as numpy.load does)`,
      8,
    );
  }
  const headerStart = 8 + lengthBytes;
  const header = await take(headerStart, headerLength);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(header);
  const layout = parseHeader(text, headerStart + headerLength);
  checkedByteLength('npy', layout.shape, layout.dtype, source.size - layout.offset);
  return layout;
}

/** Opens a .npy file; only its header is read. */
export async function openNpy(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  const layout = await readNpyLayout(source, signal);
  const rest =
    source.size - layout.offset - checkedByteLength('npy', layout.shape, layout.dtype, source.size);
  return {
    tensors: [storedEntry('npy', name, source, layout)],
    notes: rest > 0 ? [{ name: '', reason: `${rest} bytes after the array are not read` }] : [],
  };
}

function parseHeader(text: string, offset: number): Layout {
  const header = parsePythonLiteral(text);
  const known = ['descr', 'fortran_order', 'shape'];
  if (!(header instanceof Map) || header.size !== known.length || !known.every(key => header.has(key))) {
    throw new FormatError('npy', `the header must be a dict of ${known.join(', ')}; it is ${text.trim()}`);
  }
  const descr = header.get('descr')!;
  const fortran = header.get('fortran_order');
  const shape = header.get('shape')!;
  if (typeof fortran !== 'boolean') throw new FormatError('npy', 'fortran_order is neither True nor False');
  if (!isShape(shape)) throw new FormatError('npy', 'the shape is not a tuple of whole numbers');
  return denseLayout({ ...parseDescr(descr), shape, offset }, fortran ? 'F' : 'C');
}

function parseDescr(descr: Literal) {
  if (typeof descr !== 'string') {
    const fields = Array.isArray(descr) ? descr.map(field => (Array.isArray(field) ? field[0] : field)) : [];
    const names = fields.filter(field => typeof field === 'string');
    throw new UnsupportedError(
      `npy: a structured dtype (fields ${names.join(', ')}) is not read; save each field as an array of its own`,
    );
  }
  try {
    return parseTypeString(descr);
  } catch (error) {
    if (error instanceof UnsupportedError) throw new UnsupportedError(`npy: ${error.message}`);
    throw error;
  }
}

function isShape(value: Literal): value is Shape & Literal[] {
  return Array.isArray(value) && value.every(extent => typeof extent === 'number');
}
