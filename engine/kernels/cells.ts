import { Tensor, type DType, type Shape } from '../tensor';
import type { Work } from './work';

/** Numbers read between two offers to pause: some microseconds of work, in memory that stays in the cache. */
const PIECE = 4096;

/**
 * The tensor whose cell at each position in C order is what `valueAt` says, rounded once to `dtype`.
 * @param cost how many numbers `valueAt` reads
 */
export function* fillCells(
  shape: Shape,
  dtype: DType,
  valueAt: (position: number) => number,
  cost = 1,
): Work<Tensor> {
  const tensor = Tensor.zeros(shape, dtype);
  const cells = tensor.numbers();
  const piece = Math.max(1, Math.floor(PIECE / cost));
  for (let start = 0; start < cells.length; start += piece) {
    const end = Math.min(start + piece, cells.length);
    for (let position = start; position < end; position++) cells[position] = valueAt(position);
    yield;
  }
  return tensor;
}

/**
 * The tensor whose cells, block after block in C order, are what `fill` puts into a block, rounded once to `dtype`.
 * @param fill gets a block with the position of its first cell
 */
export function* fillBlocks(
  shape: Shape,
  dtype: DType,
  fill: (block: Float64Array, start: number) => void,
): Work<Tensor> {
  const tensor = Tensor.zeros(shape, dtype);
  const cells = tensor.numbers();
  const memory = new Float64Array(Math.min(PIECE, cells.length));
  for (let start = 0; start < cells.length; start += PIECE) {
    const block = memory.subarray(0, cells.length - start);
    fill(block, start);
    cells.set(block, start);
    yield;
  }
  return tensor;
}
