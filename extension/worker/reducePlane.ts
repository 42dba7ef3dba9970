import { ShapeError, Tensor, type ArraySource, type Region } from '../../engine';
import { toWire, type PlaneBlocks, type ReducedPlane } from '../../webview/protocol';
import { reduceRow } from './reduceRow';

/** Cells read at once: a few megabytes. */
const STRIP_CELLS = 1 << 20;

/**
 * Least, greatest and mean value of each block of a plane: what is drawn where a cell is smaller than a pixel.
 * Reads strips of whole block rows, so the plane is never in memory at once.
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
  const blocks = createBlocks(shape[0] * shape[1]);
  const blockRowsAtOnce = Math.max(1, Math.floor(STRIP_CELLS / (block * Math.max(1, columnCount))));
  const stripRows = block * blockRowsAtOnce;

  for (let done = 0; done < rowCount; done += stripRows) {
    const count = Math.min(stripRows, rowCount - done);
    const region: Region = index.map((start, axis) => {
      if (axis === rowAxis) return { start: firstRow + done, count, step: 1 };
      return axis === columnAxis
        ? { start: firstColumn, count: columnCount, step: 1 }
        : { start, count: 1, step: 1 };
    });
    const values = (await source.read(region, signal)).numbers();
    // The tensor's rows are the plane's columns where the column axis comes first.
    const [rowStride, columnStride] = rowAxis < columnAxis ? [columnCount, 1] : [1, count];
    for (let row = 0; row < count; row++) {
      const blockRow = Math.floor((done + row) / block) * shape[1];
      for (let column = 0; column < columnCount; column++) {
        blocks.add(blockRow + Math.floor(column / block), values[row * rowStride + column * columnStride]);
      }
    }
  }
  const { min, max, mean } = blocks.finish();
  const wire = (data: Float64Array) => toWire(Tensor.wrap(data, shape, 'float64'));
  return { min: wire(min), max: wire(max), mean: wire(mean) };
}

/** Running minimum, maximum and mean of `count` blocks. */
function createBlocks(count: number) {
  const min = new Float64Array(count).fill(Infinity);
  const max = new Float64Array(count).fill(-Infinity);
  const mean = new Float64Array(count);
  const cells = new Float64Array(count);
  return {
    add(at: number, value: number): void {
      min[at] = Math.min(min[at], value);
      max[at] = Math.max(max[at], value);
      mean[at] += value;
      cells[at]++;
    },
    finish() {
      for (let at = 0; at < count; at++) mean[at] /= cells[at];
      return { min, max, mean };
    },
  };
}
