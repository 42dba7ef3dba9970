import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { FormatError, messageOf } from '../../errors';
import type { Tensor } from '../../tensor';
import { memoryBytes, readBytes, readWhole, type ByteSource } from '../bytes/byteSource';
import { concat, inflate, piecesOf } from '../bytes/inflate';
import { decodedEntry, type Contents, type OpenContext } from '../tensorFile';
import { BrowserImageError } from './browserImage';
import { checkImageSize, toPlanes } from './pixels';

/** Source for all of this file: the PNG specification, third edition (W3C). */
export const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What pixels are made of, by colour type: samples per pixel (with alpha), and the allowed bits per sample. */
const COLOUR_TYPES: ReadonlyMap<number, { name: string; samples: number; depths: readonly number[] }> =
  new Map([
    [0, { name: 'grey', samples: 1, depths: [1, 2, 4, 8, 16] }],
    [2, { name: 'RGB', samples: 3, depths: [8, 16] }],
    [3, { name: 'palette', samples: 1, depths: [1, 2, 4, 8] }],
    [4, { name: 'grey and alpha', samples: 2, depths: [8, 16] }],
    [6, { name: 'RGB and alpha', samples: 4, depths: [8, 16] }],
  ]);

const PALETTE = 3;

/** The chunks a decoder needs for the pixels; the others may be damaged, huge, or both. */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** x and y of the first pixel, and the steps between pixels, of each pass. */
const ONE_PASS = [[0, 0, 1, 1]];
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits per sample. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples per pixel. */
  readonly samples: number;
  readonly interlaced: boolean;
}

/**
 * Opens a PNG as one array (1, 1 or 3, H, W): uint16 if it has 16 bits per sample, else uint8 (fewer bits are spread
 * over 0 to 255). Alpha is dropped, palettes become colours. Only the header is read before the array is.
 */
export async function openPng(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  const header = await readHeader(source, signal);
  const { width, height, depth, colourType } = header;
  const C = colourType === 0 || colourType === 4 ? 1 : 3;
  const dtype = depth === 16 ? 'uint16' : 'uint8';
  const entry = decodedEntry(name, dtype, [1, C, height, width], async cancel =>
    decodePixels(await readWhole(source, 'png', cancel), header, C),
  );
  const notes = colourType >= 4 ? [{ name: '', reason: 'its transparency (alpha) is left out' }] : [];
  const metadata = [
    { name: 'size', value: `${width}×${height} pixels` },
    { name: 'colour type', value: COLOUR_TYPES.get(colourType)?.name },
    { name: 'bit depth', value: String(depth) },
    { name: 'interlaced', value: header.interlaced ? 'yes' : 'no' },
  ];
  return { tensors: [entry], notes, metadata };
}

async function readHeader(source: ByteSource, signal?: AbortSignal): Promise<Header> {
  const bytes = await readBytes(source, 'png', 0, 33, signal);
  if (PNG_SIGNATURE.some((byte, i) => bytes[i] !== byte) || chunkType(bytes, 8) !== 'IHDR') {
    throw new FormatError('png', 'does not start with the signature and the header of a PNG', 0);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + 16, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  checkImageSize('png', width, height);
  const type = COLOUR_TYPES.get(colourType);
  if (!type?.depths.includes(depth) || interlace > 1) {
    throw new FormatError(
      'png',
      `colour type ${colourType} with ${depth} bits per sample does not exist`,
      24,
    );
  }
  if (interlace === 1 && depth < 8) {
    throw new BrowserImageError(
      'image/png',
      'png: interlaced with under 8 bits per sample; save it without interlacing',
    );
  }
  return { width, height, depth, colourType, samples: type.samples, interlaced: interlace === 1 };
}

async function decodePixels(file: Uint8Array, header: Header, C: number): Promise<Tensor> {
  const { width, height, depth, colourType, samples } = header;
  const chunks = neededChunks(file);
  await checkPixelBytes(chunks, header);
  let image: DecodedPng;
  let colours: Uint8Array | undefined;
  try {
    image = decode(concat([Uint8Array.from(PNG_SIGNATURE), ...chunks]), { checkCrc: true });
    if (colourType === PALETTE) colours = convertIndexedToRgb(image);
  } catch (error) {
    throw new FormatError('png', `${messageOf(error)}; the file is damaged`, undefined, { cause: error });
  }
  if (colours) return toPlanes(colours, width, height, C, colours.length / (width * height));
  if (depth < 8) return toPlanes(unpackBits(image), width, height, C, 1);
  return toPlanes(image.data, width, height, C, samples);
}

/** The whole chunks (length, type, data, CRC) that carry pixels, up to the end of the image. */
function neededChunks(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Uint8Array[] = [];
  for (let at = PNG_SIGNATURE.length; ;) {
    if (at + 12 > file.length) throw new FormatError('png', 'ends before its end chunk: it is truncated', at);
    const length = view.getUint32(at);
    if (length > file.length - at - 12) {
      throw new FormatError(
        'png',
        `a chunk claims ${length} bytes, beyond the end of the file: it is truncated`,
        at,
      );
    }
    const type = chunkType(file, at);
    if (NEEDED.includes(type)) chunks.push(file.subarray(at, at + 12 + length));
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
}

/** Inflates the pixels once without keeping them: fast-png would inflate a bomb, and accept too few. */
async function checkPixelBytes(chunks: readonly Uint8Array[], header: Header): Promise<void> {
  const { width, height, depth, samples, interlaced } = header;
  const bitsPerPixel = depth * samples;
  let expected = 0;
  for (const [x, y, stepX, stepY] of interlaced ? ADAM7 : ONE_PASS) {
    const columns = Math.ceil((width - x) / stepX);
    const rows = Math.ceil((height - y) / stepY);
    if (columns > 0 && rows > 0) expected += rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  }
  const data = chunks.filter(chunk => chunkType(chunk, 0) === 'IDAT').map(chunk => chunk.subarray(8, -4));
  let found = 0;
  for await (const piece of inflate(piecesOf(memoryBytes(concat(data)), 'png'), 'deflate', 'png')) {
    found += piece.length;
    if (found > expected) break;
  }
  if (found !== expected) {
    const problem = found > expected ? 'more' : `only ${found}`;
    throw new FormatError('png', `${width}×${height} pixels take ${expected} bytes, it has ${problem}`);
  }
}

/** Samples of 1, 2 or 4 bits, packed row by row, spread over 0 to 255. */
function unpackBits({ data, width, height, depth }: DecodedPng): Uint8Array {
  const brightest = 2 ** depth - 1;
  const bytesPerRow = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * bytesPerRow + (bit >> 3)];
    return (((byte >> (8 - depth - (bit & 7))) & brightest) * 0xff) / brightest;
  });
}

function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}
