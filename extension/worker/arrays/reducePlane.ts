import {
  bytesPerElement,
  isFloat,
  readRegions,
  ShapeError,
  Tensor,
  type ArraySource,
  type Range,
} from '../../../engine';
import { toWire, type PlaneBlocks, type ReducedPlane } from '../../../webview/protocol';
import { createBlocks } from './runningBlocks';
import { reduceRow } from './reduceRow';

/** Cells read at once: a few megabytes. */
const STRIP_CELLS = 1 << 20;

/** Cells of a plane that are all looked at. */
const MAX_CELLS = 1 << 24;

/** Bytes that are read of a larger plane for what a screen shows of it. */
const SAMPLED_BYTES = 12 << 20;

/** Blocks that a screen shows, about. */
const SEEN_BLOCKS = 1 << 18;

/**
 * The mean of each block of a plane, and where wanted the least and greatest value: what is drawn where a cell is
 * smaller than a pixel.
 * Reads strips of blocks, so the plane is never in memory at once. Of a plane of over 2^24 cells, seen
 * whole or in part, it looks at every k-th row only, and says so by `sampled`: what lies in the other rows, NaN too, is
 * not seen then. Where k is more than the rows of a block, blocks below one another are the same.
 *
 * A block that holds a NaN is NaN in all three. Infinities are the least and greatest value as any other number; the
 * mean of both is NaN.
 *
 * @throws IndexError if the plane reaches outside the array, ShapeError if the block is not a whole number ≥ 1
 */
export async function reducePlane(
  source: ArraySource,
  plane: PlaneBlocks,
  signal: AbortSignal,
): Promise<ReducedPlane> {
  const { block } = plane;
  if (!Number.isInteger(block) || block < 1)
    throw new ShapeError(`reduce: the block is ${block}, it must be a whole number of at least 1`);
  const { index, rowAxis, columnAxis, rows, columns } = plane;
  if (rowAxis === undefined) return reduceRow(source, plane, signal);
  const [firstRow, rowCount] = rows;
  const [firstColumn, columnCount] = columns;
  const shape = [Math.ceil(rowCount / block), Math.ceil(columnCount / block)];
  const sampled = samplingOf(source, source.shape[rowAxis] * source.shape[columnAxis], block);
  const blockRows = Math.max(block, sampled);
  const blocks = createBlocks([Math.ceil(rowCount / blockRows), shape[1]], blockRows, block);
  // The tensor's rows are the plane's columns where the column axis comes first.
  const isUpright = rowAxis < columnAxis;

  const stripColumns = wholeBlocks(STRIP_CELLS, Math.min(columnCount, STRIP_CELLS), block);
  const stripRows = wholeBlocks((STRIP_CELLS * sampled) / Math.max(1, stripColumns), rowCount, blockRows);
  const strips: Strip[] = [];
  for (let row = 0; row < rowCount; row += stripRows)
    for (let column = 0; column < columnCount; column += stripColumns)
      strips.push({
        row,
        column,
        height: Math.ceil(Math.min(stripRows, rowCount - row) / sampled),
        width: Math.min(stripColumns, columnCount - column),
      });
  const regions = strips.map(({ row, column, height, width }) =>
    index.map((start, axis): Range => {
      if (axis === rowAxis) return { start: firstRow + row, count: height, step: sampled };
      return axis === columnAxis
        ? { start: firstColumn + column, count: width, step: 1 }
        : { start, count: 1, step: 1 };
    }),
  );
  let next = 0;
  for await (const read of readRegions(source, regions, signal)) {
    const { row, column, height, width } = strips[next++];
    const [rowStep, columnStep] = isUpright ? [width, 1] : [1, height];
    blocks.add(read.numbers(), { row, column, height, width, rowStep, columnStep, every: sampled });
  }
  const { min, max, mean } = blocks.finish();
  // The smaller floats are float32 exactly; half the bytes travel.
  const isShort = isFloat(source.dtype) && source.dtype !== 'float64';
  const wire = (data: Float64Array) => {
    const all = repeatRows(data, shape, blockRows / block);
    return toWire(
      isShort ? Tensor.wrap(new Float32Array(all), shape, 'float32') : Tensor.wrap(all, shape, 'float64'),
    );
  };
  return {
    mean: wire(mean),
    ...(plane.extremes && { extremes: { min: wire(min), max: wire(max) } }),
    ...(sampled > 1 && { sampled }),
  };
}

/** A part of a plane that is read at once: where it begins, and how many rows and columns are read of it. */
interface Strip {
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
}

/** Of how many rows one is looked at: a divisor of `block`, so that each block begins with one that is, or a multiple. */
function samplingOf({ dtype }: ArraySource, cells: number, block: number): number {
  if (cells <= MAX_CELLS) return 1;
  const seen = Math.min(cells, SEEN_BLOCKS * block ** 2) * bytesPerElement(dtype);
  let rows = Math.ceil(seen / SAMPLED_BYTES);
  if (rows > block) return block * Math.ceil(rows / block);
  while (block % rows !== 0) rows++;
  return rows;
}

/** Rows of blocks, each of them `times` below one another: `shape` in all. */
function repeatRows(data: Float64Array, [rows, columns]: readonly number[], times: number): Float64Array {
  if (times === 1) return data;
  const repeated = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor(row / times) * columns;
    repeated.set(data.subarray(from, from + columns), row * columns);
  }
  return repeated;
}

/** As many of `count` cells as fit into `limit`, in whole blocks, of which there is at least one. */
function wholeBlocks(limit: number, count: number, block: number): number {
  return block * Math.max(1, Math.floor(Math.min(limit, count + block - 1) / block));
}
