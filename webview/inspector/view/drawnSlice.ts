import { composeSlices, type Slice } from '../../../engine';
import type { MarkedRegion } from '../../views/pictures/picture';
import type { DrawnAxes } from './drawnAxes';
import type { ShownArray } from './shownArray';

/** What is drawn of the whole array, or the part that is marked; the other axes are held. */
export function drawnSlice({ array, slice }: ShownArray, drawn: DrawnAxes, part?: MarkedRegion): Slice {
  const { rowAxis, columnAxis, gridAxes, channels } = drawn;
  const index = part?.index ?? drawn.index;
  const drawnAxes = [rowAxis, columnAxis, channels?.axis, ...(part?.index ? [] : gridAxes)];
  const isHeld = (axis: number): boolean => !drawnAxes.includes(axis) && array.shape[axis] > 0;
  const region = array.shape.map((extent, axis) => {
    if (isHeld(axis)) return { start: index[axis], count: 1, step: 1 };
    if (part && axis === rowAxis) return { start: part.row, count: part.rows, step: 1 };
    if (part && axis === columnAxis) return { start: part.column, count: part.columns, step: 1 };
    return { start: 0, count: extent, step: 1 };
  });
  return composeSlices(slice, { region, kept: region.flatMap((_, axis) => (isHeld(axis) ? [] : [axis])) });
}
