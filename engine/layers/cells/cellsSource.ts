import { fillBlocks, paced } from '../../kernels';
import {
  checkRegion,
  ravel,
  virtualSource,
  type ArraySource,
  type DType,
  type Region,
  type Shape,
} from '../../tensor';
import type { Cells } from './cells';

/**
 * An array whose numbers are computed as they are read, nothing of which is kept. What lies in one piece is computed as
 * one, block by block; anything else cell by cell.
 */
export function cellsSource(
  name: string,
  dtype: DType,
  shape: Shape,
  open: (signal?: AbortSignal) => Promise<Cells>,
): ArraySource {
  return {
    name,
    dtype,
    shape,
    async read(region, signal) {
      checkRegion(region, shape);
      const cells = await open(signal);
      if (!isOnePiece(region, shape)) {
        const valueAt = (index: readonly number[]): number => cells.at(ravel(index, shape));
        return virtualSource(name, dtype, shape, valueAt).read(region, signal);
      }
      const counts = region.map(({ count }) => count);
      const first = ravel(
        region.map(({ start }) => start),
        shape,
      );
      const fill = (block: Float64Array, start: number): void => cells.fill(block, first + start);
      return paced(fillBlocks(counts, dtype, fill), signal);
    },
  };
}

/** Whether the cells of `region` follow one another in C order: one position, then a range, then whole axes. */
function isOnePiece(region: Region, shape: Shape): boolean {
  const range = region.findIndex(({ count }) => count !== 1);
  return region.every(
    ({ start, count, step }, axis) =>
      axis < range || range < 0 || (step === 1 && (axis === range || (start === 0 && count === shape[axis]))),
  );
}
