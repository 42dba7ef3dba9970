import { isFloat, ShapeError, Tensor, type ArraySource, type Region } from '../../../engine';
import { toWire, type PlaneBlocks, type ReducedPlane } from '../../../webview/protocol';
import { reduceRow } from './reduceRow';

/** Cells read at once: a few megabytes. */
const STRIP_CELLS = 1 << 20;

/** Cells of a plane that are all looked at. */
const MAX_CELLS = 1 << 24;

/** Cells of a larger plane that are looked at for a picture of all of it: 16 MiB of float32. */
const SAMPLED_CELLS = 1 << 22;

/**
 * Least, greatest and mean value of each block of a plane: what is drawn where a cell is smaller than a pixel.
 * Reads strips of blocks, so the plane is never in memory at once. Of a plane of over 2^24 cells, seen
 * whole or in part, it looks at every k-th row of each block only, and says so by `sampled`: what lies in the other rows,
 * NaN too, is not seen then.
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
  const blocks = createBlocks(shape, block);
  const sampled = samplingOf(source.shape[rowAxis] * source.shape[columnAxis], block);

  const stripColumns = wholeBlocks(STRIP_CELLS, Math.min(columnCount, STRIP_CELLS), block);
  const stripRows = wholeBlocks((STRIP_CELLS * sampled) / Math.max(1, stripColumns), rowCount, block);
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
  const dtype = isFloat(source.dtype) && source.dtype !== 'float64' ? 'float32' : 'float64';
  const wire = (data: Float64Array) => toWire(Tensor.from(data, shape, dtype));
  return { min: wire(min), max: wire(max), mean: wire(mean), ...(sampled > 1 && { sampled }) };
}

/** Of how many rows one is looked at: a divisor of `block`, so that each block begins with one that is. */
function samplingOf(cells: number, block: number): number {
  if (cells <= MAX_CELLS) return 1;
  let rows = Math.min(block, Math.ceil(cells / SAMPLED_CELLS));
  while (block % rows !== 0) rows++;
  return rows;
}

/** As many of `count` cells as fit into `limit`, in whole blocks, of which there is at least one. */
function wholeBlocks(limit: number, count: number, block: number): number {
  return block * Math.max(1, Math.floor(Math.min(limit, count + block - 1) / block));
}

/** Running minimum, maximum and mean of blocks; `shape` counts blocks. */
function createBlocks([blockRows, blockColumns]: readonly number[], block: number) {
  const count = blockRows * blockColumns;
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
      let at = Math.floor(row / block) * blockColumns + column / block;
      let next = start;
      for (let done = 0; done < width; done += block, at++) {
        const size = Math.min(block, width - done);
        let least = min[at];
        let greatest = max[at];
        let sum = 0;
        for (let i = 0; i < size; i++, next += stride) {
          const value = values[next];
          // Once these are NaN, no comparison is true any more.
          if (value < least) least = value;
          if (value > greatest) greatest = value;
          if (Number.isNaN(value)) least = greatest = NaN;
          sum += value;
        }
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
