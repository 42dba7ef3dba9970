import { FormatError, UnsupportedError } from '../../errors';
import { readBytes, type ByteSource } from '../bytes/byteSource';
import { checkFits, gridSpan, stridesIn } from '../arrays/stridedBytes';
import type { Contents, OpenContext } from '../tensorFile';
import { isShape, typeOfDescr, type ElementType } from './elementType';
import { numpyEntries, type NumpyLayout } from './entries';
import { parsePythonLiteral, type Literal } from './literal';
import { openPickledObjects, type PickledObjects } from './pickledObjects';

/** `\x93NUMPY` */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** numpy.load refuses longer headers too, unless it is told that the file is trusted. */
const MAX_HEADER = 10_000;

/** Records of many fields have longer ones. */
const MAX_RECORD_HEADER = 2 ** 20;

/** Headers of one file that are remembered. */
const MAX_KNOWN = 1000;

/** What headers say, by their length and text: in a file of many members most read like one before. */
export type KnownHeaders = Map<string, NumpyLayout | PickledObjects>;

const LATIN1 = new TextDecoder('latin1');
const UTF8 = new TextDecoder();

/** Bytes that hold the header of nearly every array. */
export const NPY_HEAD = 256;

/**
 * Reads the header of a .npy file, versions 1 to 3.
 * Source: NumPy Enhancement Proposal 1, and numpy.lib.format.
 * @throws FormatError if it is no .npy file or the shape claims more than the file holds,
 *   UnsupportedError if it holds records of Python objects or a dtype that is not known
 */
export async function readNpyLayout(
  source: ByteSource,
  signal?: AbortSignal,
  known: KnownHeaders = new Map(),
): Promise<NumpyLayout | PickledObjects> {
  const read = (offset: number, length: number) => readBytes(source, 'npy', offset, length, signal);
  // One request is enough for nearly every header, which matters in an .npz of many members.
  const usual = await read(0, Math.min(NPY_HEAD, source.size));
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
  if (headerLength > MAX_RECORD_HEADER) throw headerTooLong(headerLength, MAX_RECORD_HEADER);
  const headerStart = 8 + lengthBytes;
  const header = await take(headerStart, headerLength);
  const text = (version === 3 ? UTF8 : LATIN1).decode(header);
  const end = headerStart + headerLength;
  const key = `${end} ${text}`;
  const layout = known.get(key) ?? parseHeader(text, end);
  if (known.size < MAX_KNOWN) known.set(key, layout);
  if ('pickleAt' in layout) return layout;
  if (headerLength > MAX_HEADER && layout.type.kind !== 'record')
    throw headerTooLong(headerLength, MAX_HEADER);
  checkFits('npy', layout.shape, nameOf(layout.type), byteLength(layout), source.size - layout.offset);
  return layout;
}

/** Opens a .npy file; only its header is read, and the pickle of Python objects. */
export async function openNpy(source: ByteSource, context: OpenContext): Promise<Contents> {
  const { name, signal } = context;
  const layout = await readNpyLayout(source, signal);
  if ('pickleAt' in layout) return openPickledObjects(source, layout, context);
  const contents = numpyEntries('npy', name, source, layout);
  const rest = source.size - layout.offset - byteLength(layout);
  if (rest === 0) return contents;
  const note = { name: '', reason: `${rest} bytes after the array are not read` };
  return { ...contents, notes: [...contents.notes, note] };
}

function byteLength({ shape, strides, type }: NumpyLayout): number {
  return gridSpan('npy', { shape, strides, width: type.width });
}

function nameOf(type: ElementType): string {
  return type.kind === 'scalar' ? type.text : `${type.kind}s`;
}

function headerTooLong(length: number, limit: number): FormatError {
  return new FormatError(
    'npy',
    `the header claims ${length} bytes, over ${limit} are refused (as numpy.load does)`,
    8,
  );
}

function parseHeader(text: string, offset: number): NumpyLayout | PickledObjects {
  const header = parsePythonLiteral(text);
  const known = ['descr', 'fortran_order', 'shape'];
  if (!(header instanceof Map) || header.size !== known.length || !known.every(key => header.has(key))) {
    throw new FormatError(
      'npy',
      `the header must be a dict of ${known.join(', ')}; it is ${text.slice(0, 200).trim()}`,
    );
  }
  const fortran = header.get('fortran_order');
  const shape = header.get('shape')!;
  if (typeof fortran !== 'boolean') throw new FormatError('npy', 'fortran_order is neither True nor False');
  if (!isShape(shape)) throw new FormatError('npy', 'the shape is not a tuple of whole numbers');
  const descr = header.get('descr')!;
  if (typeof descr === 'string' && /^[|<>=]?O\d*$/.test(descr)) {
    return { pickleAt: offset, isSingle: shape.length === 0 };
  }
  const type = parseDescr(descr);
  if (type.kind === 'subarray') {
    throw new FormatError('npy', 'the elements are arrays, which NumPy never writes outside of records');
  }
  return { type, shape, offset, strides: stridesIn(fortran ? 'F' : 'C', shape, type.width) };
}

function parseDescr(descr: Literal): ElementType {
  try {
    return typeOfDescr(descr);
  } catch (error) {
    if (error instanceof UnsupportedError) throw new UnsupportedError(`npy: ${error.message}`);
    throw error;
  }
}
