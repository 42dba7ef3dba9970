import { FormatError, ShapeError, UnsupportedError } from '../errors';
import {
  allocate,
  bytesPerElement,
  checkRegion,
  compactShape,
  decodeElements,
  sizeOf,
  stridesOf,
  Tensor,
  wholeRegion,
  type DType,
  type Region,
  type Shape,
  type TensorData,
} from '../tensor';
import { readBytes, type ByteSource } from './byteSource';
import { formatBytes, MAX_READ_BYTES } from './limits';
import type { TensorEntry } from './tensorFile';

/** `C`: the last axis runs fastest; `F` (Fortran): the first. In general: the axes from the slowest to the fastest. */
export type Order = 'C' | 'F' | readonly number[];

/** How an array lies in a file: its elements side by side, from `offset` on. */
export interface Layout {
  readonly offset: number;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly order: Order;
  readonly littleEndian: boolean;
}

/** Bytes read at once: enough to make the cost of a request small, few enough to stay responsive. */
const MAX_PIECE = 2 ** 23;

/** Bytes between two wanted ones that are cheaper to read along than to skip by another request. */
const MAX_GAP = 2 ** 16;

/**
 * Bytes that an array of `shape` takes in a file.
 * @throws FormatError if the shape is impossible or does not fit into `available` bytes
 */
export function checkedByteLength(format: string, shape: Shape, dtype: DType, available: number): number {
  let length: number;
  try {
    length = sizeOf(shape) * bytesPerElement(dtype);
  } catch (error) {
    if (error instanceof ShapeError) throw new FormatError(format, error.message);
    throw error;
  }
  if (length > available) {
    throw new FormatError(
      format,
      `an array of shape ${compactShape(shape)} ${dtype} takes ${length} bytes, but only ${available} are there: the file is truncated or damaged`,
    );
  }
  return length;
}

/**
 * An array whose elements lie side by side in `source`; reads only the ranges a region touches.
 * @param format named in errors
 * @throws FormatError if the layout reaches beyond the end of `source`
 */
export function storedEntry(format: string, name: string, source: ByteSource, layout: Layout): TensorEntry {
  const { dtype, shape, offset } = layout;
  checkedByteLength(format, shape, dtype, source.size - offset);
  return {
    name,
    dtype,
    shape,
    async read(region = wholeRegion(shape), signal) {
      checkRegion(region, shape);
      const counts = region.map(range => range.count);
      const result = Tensor.wrap(allocateChecked(name, dtype, counts), counts, dtype);
      if (result.size === 0) return result;
      const width = bytesPerElement(dtype);
      for (const piece of pieces(layout, region)) {
        const start = offset + piece.first * width;
        const bytes = await readBytes(source, format, start, piece.length * width, signal);
        copyPiece(decodeElements(dtype, bytes, layout.littleEndian), piece, result.data);
      }
      return result;
    },
  };
}

function allocateChecked(name: string, dtype: DType, counts: Shape): TensorData {
  const bytes = sizeOf(counts) * allocate(dtype, 0).BYTES_PER_ELEMENT;
  if (bytes > MAX_READ_BYTES) {
    throw new UnsupportedError(
      `${name}: ${compactShape(counts)} ${dtype} needs ${formatBytes(bytes)} of memory, at most ${formatBytes(MAX_READ_BYTES)} are read at once; read a region of it`,
    );
  }
  return allocate(dtype, sizeOf(counts));
}

/** One axis of a region, in the units of the stored and of the resulting elements. */
interface Axis {
  readonly count: number;
  /** Stored elements from one wanted position to the next; negative if the region runs backwards. */
  readonly from: number;
  /** Elements of the result from one position to the next. */
  readonly to: number;
}

/** A run of stored elements that is read at once, and where its wanted elements go. */
interface Piece {
  /** Stored position of the run's first element. */
  readonly first: number;
  readonly length: number;
  /** Position of the region's first element inside the run, and in the result. */
  readonly fromStart: number;
  readonly toStart: number;
  readonly axes: readonly Axis[];
}

/** The runs that together hold all elements of `region` (which is not empty), in the order of the file. */
function* pieces(layout: Layout, region: Region): Generator<Piece> {
  const width = bytesPerElement(layout.dtype);
  const { axes, origin } = storedAxes(layout, region);
  // Elements from the first to the last wanted one over the axes from `axis` on, both included.
  const span = (axis: number) =>
    axes.slice(axis).reduce((sum, { count, from }) => sum + (count - 1) * Math.abs(from), 1);

  // The axes after `split` are read through; along `split` as many positions as make a piece.
  let split = axes.length - 1;
  const gap = (axis: number) => (Math.abs(axes[axis].from) - span(axis + 1)) * width;
  while (split > 0 && gap(split) <= MAX_GAP && span(split) * width <= MAX_PIECE) split--;
  const inner = span(split + 1);
  const { count, from: step, to: toStep } = axes[split];
  const fitting = Math.floor((MAX_PIECE / width - inner) / Math.abs(step)) + 1;
  const perPiece = gap(split) <= MAX_GAP ? Math.max(1, Math.min(count, fitting)) : 1;

  for (const outer of positions(axes.slice(0, split))) {
    for (let done = 0; done < count; done += perPiece) {
      const taken = [{ ...axes[split], count: Math.min(perPiece, count - done) }, ...axes.slice(split + 1)];
      const start = origin + outer.from + done * step;
      // Axes that run backwards reach below the first element.
      const below = taken.reduce((sum, axis) => sum + Math.max(0, -axis.from) * (axis.count - 1), 0);
      yield {
        first: start - below,
        length: inner + (taken[0].count - 1) * Math.abs(step),
        fromStart: below,
        toStart: outer.to + done * toStep,
        axes: taken,
      };
    }
  }
}

/** The axes of `region` from the slowest to the fastest in the file, and the stored position of its first element. */
function storedAxes({ shape, order }: Layout, region: Region): { axes: Axis[]; origin: number } {
  const slowestFirst = axesOf(order, shape.length);
  const strides = new Array<number>(shape.length);
  stridesOf(slowestFirst.map(axis => shape[axis])).forEach(
    (stride, i) => (strides[slowestFirst[i]] = stride),
  );
  const resultStrides = stridesOf(region.map(range => range.count));
  const all = slowestFirst.map(axis => ({
    count: region[axis].count,
    from: region[axis].step * strides[axis],
    to: resultStrides[axis],
  }));
  const axes: Axis[] = [];
  for (const axis of all.filter(({ count }) => count > 1)) {
    const outer = axes.at(-1);
    // Two axes that follow on from each other are one longer axis: a whole array in C order is a single run.
    if (outer?.from === axis.from * axis.count && outer.to === axis.to * axis.count) {
      axes[axes.length - 1] = { ...axis, count: outer.count * axis.count };
    } else {
      axes.push(axis);
    }
  }
  // A single element is an axis of one position.
  if (axes.length === 0) axes.push({ count: 1, from: 1, to: 1 });
  return { axes, origin: region.reduce((sum, { start }, axis) => sum + start * strides[axis], 0) };
}

function axesOf(order: Order, rank: number): readonly number[] {
  if (typeof order !== 'string') return order;
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return order === 'C' ? axes : axes.reverse();
}

/** Where the combinations of positions of `axes` lie, relative to the first, in the file and in the result. */
function* positions(axes: readonly Axis[]): Generator<{ from: number; to: number }> {
  if (axes.length === 0) {
    yield { from: 0, to: 0 };
    return;
  }
  const [{ count, from, to }, ...rest] = axes;
  for (let i = 0; i < count; i++) {
    for (const inner of positions(rest)) yield { from: i * from + inner.from, to: i * to + inner.to };
  }
}

function copyPiece(stored: TensorData, { fromStart, toStart, axes }: Piece, result: TensorData): void {
  const { count, from: step, to: toStep } = axes[axes.length - 1];
  for (const outer of positions(axes.slice(0, -1))) {
    let from = fromStart + outer.from;
    let to = toStart + outer.to;
    if (step === 1 && toStep === 1) copyRun(stored, from, result, to, count);
    else for (let i = 0; i < count; i++, from += step, to += toStep) result[to] = stored[from];
  }
}

/** As bytes, which is ten times faster than element by element; both arrays have the same type. */
function copyRun(stored: TensorData, from: number, result: TensorData, to: number, count: number): void {
  const width = stored.BYTES_PER_ELEMENT;
  const run = new Uint8Array(stored.buffer, stored.byteOffset + from * width, count * width);
  new Uint8Array(result.buffer, result.byteOffset).set(run, to * width);
}
