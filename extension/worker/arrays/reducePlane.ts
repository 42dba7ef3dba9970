import { bytesPerElement, isFloat, ShapeError, Tensor, type ArraySource, type Region } from '../../../engine';
import { toWire, type PlaneBlocks, type ReducedPlane } from '../../../webview/protocol';
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
 * Least, greatest and mean value of each block of a plane: what is drawn where a cell is smaller than a pixel.
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

  const stripColumns = wholeBlocks(STRIP_CELLS, Math.min(columnCount, STRIP_CELLS), block);
  const stripRows = wholeBlocks((STRIP_CELLS * sampled) / Math.max(1, stripColumns), rowCount, blockRows);
  for (let row = 0; row < rowCount; row += stripRows) {
    const height = Math.ceil(Math.min(stripRows, rowCount - row) / sampled);
    for (let column = 0; column < columnCount; column += stripColumns) {
      const width = Math.min(stripColumns, columnCount - column);
      const region: Region = index.map((start, axis) => {
        if (axis === rowAxis) return { start: firstRow + row, count: height, step: sampled };
        return axis === columnAxis
          ? { start: firstColumn + column, count: width, step: 1 }
          : { start, count: 1, step: 1 };
      });
      const values = (await source.read(region, signal)).numbers();
      // The tensor's rows are the plane's columns where the column axis comes first.
      const [rowStride, columnStride] = rowAxis < columnAxis ? [width, 1] : [1, height];
      for (let i = 0; i < height; i++) {
        blocks.addRow(values, i * rowStride, columnStride, width, row + i * sampled, column);
      }
    }
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
  return { min: wire(min), max: wire(max), mean: wire(mean), ...(sampled > 1 && { sampled }) };
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

/** Running minimum, maximum and mean of `rows` × `columns` blocks, each of `height` × `block` cells. */
function createBlocks([rows, columns]: readonly number[], height: number, block: number) {
  const count = rows * columns;
  const min = new Float64Array(count).fill(Infinity);
  const max = new Float64Array(count).fill(-Infinity);
  const mean = new Float64Array(count);
  const cells = new Float64Array(count);
  return {
    /** Adds the `width` values at `start`, `start + stride`, …: cells (row, column), (row, column + 1), … of the plane. */
    addRow(
      values: ArrayLike<number>,
      start: number,
      stride: number,
      width: number,
      row: number,
      column: number,
    ): void {
      let at = Math.floor(row / height) * columns + column / block;
      let next = start;
      for (let done = 0; done < width; done += block, at++) {
        const size = Math.min(block, width - done);
        let least = min[at];
        let greatest = max[at];
        let sum = 0;
        const end = next + size * stride;
        for (let i = next; i < end; i += stride) {
          const value = values[i];
          // Once these are NaN, no comparison is true any more.
          if (value < least) least = value;
          if (value > greatest) greatest = value;
          sum += value;
        }
        if (Number.isNaN(sum) && holdsNaN(values, next, end, stride)) least = greatest = NaN;
        next = end;
        min[at] = least;
        max[at] = greatest;
        mean[at] += sum;
        cells[at] += size;
      }
    },
    finish() {
      for (let at = 0; at < count; at++) mean[at] /= cells[at];
      return { min, max, mean };
    },
  };
}

function holdsNaN(values: ArrayLike<number>, start: number, end: number, stride: number): boolean {
  for (let i = start; i < end; i += stride) if (Number.isNaN(values[i])) return true;
  return false;
}
