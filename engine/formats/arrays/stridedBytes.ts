import { FormatError, ShapeError, UnsupportedError } from '../../errors';
import { formatShape, formatBytes, sizeOf, type Region, type Shape } from '../../tensor';
import { readBytes, readBytesInto, type ByteSource } from '../bytes/byteSource';
import { MAX_READ_BYTES } from '../limits';
import { eachRow, regionPieces, type Grid, type Piece } from './regionPieces';

/** Elements of one width in a file, lengths in bytes. */
export interface StridedBytes extends Grid {
  /** Position of the element whose index is all zeros. */
  readonly offset: number;
}

/** `C`: the last axis runs fastest; `F` (Fortran): the first. In general: the axes from the slowest to the fastest. */
export type Order = 'C' | 'F' | readonly number[];

/** Strides of elements of `width` that lie side by side in that order, in units of the width. */
export function stridesIn(order: Order, shape: Shape, width: number): number[] {
  const strides = new Array<number>(shape.length);
  const rank = shape.length;
  let stride = width;
  for (let i = 0; i < rank; i++) {
    const axis = order === 'F' ? i : order === 'C' ? rank - 1 - i : order[rank - 1 - i];
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/**
 * Units from the first to the last element of a grid, both included; 0 for an empty array. Beyond 2^53 inexact, but
 * then certainly over what any file has.
 * @throws FormatError if the shape or a stride is impossible
 */
export function gridSpan(format: string, { shape, strides, width }: Grid): number {
  let size: number;
  try {
    size = sizeOf(shape);
  } catch (error) {
    if (error instanceof ShapeError) throw new FormatError(format, error.message);
    throw error;
  }
  if (strides.length !== shape.length || !strides.every(stride => Number.isInteger(stride) && stride >= 0)) {
    throw new FormatError(
      format,
      `the strides ${formatShape(strides)} do not fit the shape ${formatShape(shape)}`,
    );
  }
  return size === 0 ? 0 : shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis], width);
}

/**
 * @param bytes that an array takes
 * @param what the array's elements, for the message
 * @throws FormatError if they are more than `available`
 */
export function checkFits(
  format: string,
  shape: Shape,
  what: string,
  bytes: number,
  available: number,
): void {
  if (bytes > Math.max(0, available)) {
    throw new FormatError(
      format,
      `an array of shape ${formatShape(shape)} ${what} takes ${bytes} bytes, but only ${Math.max(0, available)} are there: the file is truncated or damaged`,
    );
  }
}

/** @throws UnsupportedError if elements of these counts and `width` bytes each are more than one read may hold */
export function checkReadSize(name: string, counts: Shape, what: string, width: number): void {
  const bytes = sizeOf(counts) * width;
  if (bytes > MAX_READ_BYTES) {
    throw new UnsupportedError(
      `${name}: ${formatShape(counts)} ${what} needs ${formatBytes(bytes)} of memory, at most ${formatBytes(MAX_READ_BYTES)} are read at once; read a region of it`,
    );
  }
}

/**
 * The bytes of the elements of `region`, side by side in C order, alone in their buffer. Reads only the ranges that the
 * region touches.
 * @param memory to put them into, if it is of their size
 * @throws FormatError if the source ends before, CancelledError
 */
export async function readStrided(
  format: string,
  source: ByteSource,
  layout: StridedBytes,
  region: Region,
  signal?: AbortSignal,
  memory?: ArrayBuffer,
): Promise<Uint8Array<ArrayBuffer>> {
  const { offset, width } = layout;
  const size = sizeOf(region.map(range => range.count));
  const isRightSize = memory?.byteLength === size * width;
  const result = isRightSize ? new Uint8Array(memory) : new Uint8Array(size * width);
  if (size === 0) return result;
  for (const piece of regionPieces(layout, region, 1)) {
    const [{ from, to, count }, ...inner] = piece.axes;
    if (inner.length === 0 && to === 1 && (from === width || count === 1)) {
      const target = result.subarray(piece.toStart * width, piece.toStart * width + piece.length);
      await readBytesInto(source, format, offset + piece.first, target, signal);
      continue;
    }
    const bytes = await readBytes(source, format, offset + piece.first, piece.length, signal);
    copyPiece(bytes, piece, width, result);
  }
  return result;
}

function copyPiece(bytes: Uint8Array, piece: Piece, width: number, result: Uint8Array<ArrayBuffer>): void {
  const { from: step, to: toStep, count } = piece.axes[piece.axes.length - 1];
  if (toStep === 1 && (step === width || count === 1)) {
    eachRow(piece, (from, to, row) => {
      result.set(bytes.subarray(from, from + row.count * width), to * width);
    });
    return;
  }
  // In the largest words that all elements are aligned to: most often one per element.
  const word = wordOf([width, bytes.byteOffset, piece.fromStart, ...piece.axes.map(axis => axis.from)]);
  const stored = asWords(bytes, word);
  const wanted = asWords(result, word);
  const words = width / word;
  eachRow(piece, (first, to, row) => {
    const step = row.from / word;
    const toStep = (row.to - 1) * words;
    let from = first / word;
    let at = to * words;
    for (let i = 0; i < row.count; i++, from += step, at += toStep) {
      for (let k = 0; k < words; k++) wanted[at++] = stored[from + k];
    }
  });
}

function wordOf(lengths: readonly number[]): 1 | 2 | 4 {
  const divides = (word: number): boolean => lengths.every(length => length % word === 0);
  return divides(4) ? 4 : divides(2) ? 2 : 1;
}

function asWords(bytes: Uint8Array, word: 1 | 2 | 4): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, length } = bytes;
  if (word === 4) return new Uint32Array(buffer, byteOffset, Math.floor(length / 4));
  return word === 2 ? new Uint16Array(buffer, byteOffset, Math.floor(length / 2)) : bytes;
}
