import { Tensor, type DType, type Shape } from '../tensor';
import type { Work } from './work';

/** Numbers read between two offers to pause: some microseconds of work. */
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
