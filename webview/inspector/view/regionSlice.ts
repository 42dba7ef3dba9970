import { composeSlices, type Slice } from '../../../engine';
import type { CellRectangle } from '../../draw/tiles';
import type { DrawnAxes } from './drawnAxes';
import type { ShownArray } from './shownArray';

/** What a rectangle of the drawn plane selects of the whole array; all axes that are not drawn are held. */
export function regionSlice({ array, slice }: ShownArray, drawn: DrawnAxes, region: CellRectangle): Slice {
  const { rowAxis, columnAxis, channels, index } = drawn;
  const ranges = array.shape.map((extent, axis) => {
    if (axis === rowAxis) return { start: region.row, count: region.rows, step: 1 };
    if (axis === columnAxis) return { start: region.column, count: region.columns, step: 1 };
    if (axis === channels?.axis) return { start: 0, count: extent, step: 1 };
    return { start: index[axis], count: 1, step: 1 };
  });
  const isKept = (axis: number): boolean =>
    axis === rowAxis || axis === columnAxis || axis === channels?.axis;
  return composeSlices(slice, {
    region: ranges,
    kept: ranges.flatMap((_, axis) => (isKept(axis) ? [axis] : [])),
  });
}
