import { composeSlices, type Slice } from '../../../engine';
import type { CellRectangle } from '../../draw/tiles';
import type { DrawnAxes } from './drawnAxes';
import type { ShownArray } from './shownArray';

/** What is drawn of the whole array, or a rectangle of it; the other axes are held. */
export function drawnSlice({ array, slice }: ShownArray, drawn: DrawnAxes, part?: CellRectangle): Slice {
  const { rowAxis, columnAxis, gridAxes, channels, index } = drawn;
  const drawnAxes = [rowAxis, columnAxis, ...gridAxes, channels?.axis];
  const isHeld = (axis: number): boolean => !drawnAxes.includes(axis) && array.shape[axis] > 0;
  const region = array.shape.map((extent, axis) => {
    if (isHeld(axis)) return { start: index[axis], count: 1, step: 1 };
    if (part && axis === rowAxis) return { start: part.row, count: part.rows, step: 1 };
    if (part && axis === columnAxis) return { start: part.column, count: part.columns, step: 1 };
    return { start: 0, count: extent, step: 1 };
  });
  return composeSlices(slice, { region, kept: region.flatMap((_, axis) => (isHeld(axis) ? [] : [axis])) });
}
