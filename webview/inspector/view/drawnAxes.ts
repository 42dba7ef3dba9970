import type { Channels } from '../../views/pictures/picture';
import type { AxisName } from './shapeReading';
import type { ShownArray } from './shownArray';
import type { ArrayChoices, ViewName } from './viewChoices';

/** Which axes of a slice a view draws, and where the others are held. Axes are those of the slice. */
export interface DrawnAxes {
  readonly rowAxis?: number;
  readonly columnAxis?: number;
  /** Axes whose positions are small pictures side by side, the slowest first. */
  readonly gridAxes: readonly number[];
  readonly channels?: Channels;
  /** Axes that are stepped through. */
  readonly heldAxes: readonly number[];
  /** A position on every axis. */
  readonly index: readonly number[];
}

/** A grid of small pictures has rows and columns of them, and no more. */
const MOST_GRID_AXES = 2;

export function drawnAxes(shown: ShownArray, view: ViewName, choices: ArrayChoices): DrawnAxes {
  const { array, slice, names } = shown;
  const rank = array.shape.length;
  const index = slice.kept.map((axis, at) =>
    Math.min(choices.held?.[axis] ?? 0, Math.max(0, array.shape[at] - 1)),
  );
  const channelAxis = view === 'colour' || view === 'colourMaps' ? colourAxis(shown) : undefined;
  const { rowAxis, columnAxis } = planeOf(shown, view, choices, channelAxis);
  const rest = Array.from({ length: rank }, (_, axis) => axis).filter(
    axis => axis !== rowAxis && axis !== columnAxis && axis !== channelAxis,
  );
  const gridAxes = isGrid(view) ? rowsFirst(rest, names).slice(-MOST_GRID_AXES) : [];
  return {
    rowAxis,
    columnAxis,
    gridAxes,
    channels: channelAxis === undefined ? undefined : { axis: channelAxis, positions: [0, 1, 2] },
    heldAxes: rest.filter(axis => !gridAxes.includes(axis) && array.shape[axis] > 1),
    index,
  };
}

/** Whether a view is a grid of small pictures. */
export function isGrid(view: ViewName): boolean {
  return view === 'maps' || view === 'colourMaps';
}

/** Axes for a grid: a row for each filter or sample, a column for each channel, whichever comes first in the array. */
function rowsFirst(axes: readonly number[], names: readonly AxisName[]): number[] {
  const isChannel = (axis: number): number => (names[axis] === 'c' ? 1 : 0);
  return [...axes].sort((a, b) => isChannel(a) - isChannel(b));
}

/** The axis whose first three positions are red, green and blue; undefined where there is none. */
export function colourAxis({ array, names, reading }: ShownArray): number | undefined {
  const axis = names.indexOf('c');
  // A picture's fourth channel is its opacity; a filter's is a channel like the others.
  const isColour = array.shape[axis] === 3 || (array.shape[axis] === 4 && reading.layout.startsWith('image'));
  return isColour && array.shape.length >= 3 ? axis : undefined;
}

function planeOf(
  { array, slice, names }: ShownArray,
  view: ViewName,
  choices: ArrayChoices,
  channelAxis: number | undefined,
): { rowAxis?: number; columnAxis?: number } {
  const axes = array.shape.map((_, axis) => axis).filter(axis => axis !== channelAxis);
  const chosen = (axis: number | undefined): number | undefined => {
    const at = axis === undefined ? -1 : slice.kept.indexOf(axis);
    return axes.includes(at) ? at : undefined;
  };
  if (axes.length === 0) return {};
  const named = (...wanted: string[]): number | undefined =>
    axes.find(axis => names[axis] !== '' && wanted.includes(names[axis]));
  const columnDefault = named('w', 'fw') ?? axes[axes.length - 1];
  if (view === 'table' && axes.length === 1) return { rowAxis: axes[0] };
  if (view === 'line' || axes.length === 1)
    return { columnAxis: chosen(choices.columnAxis) ?? columnDefault };
  const columnAxis = chosen(choices.columnAxis) ?? firstOther(chosen(choices.rowAxis), columnDefault, axes);
  const rowDefault = named('h', 'fh') ?? axes[axes.length - 2];
  const rowAxis = chosen(choices.rowAxis) ?? firstOther(columnAxis, rowDefault, axes);
  return rowAxis === columnAxis
    ? { rowAxis: firstOther(columnAxis, rowDefault, axes), columnAxis }
    : { rowAxis, columnAxis };
}

/** `wanted`, or where that is taken the last axis that is not. */
function firstOther(taken: number | undefined, wanted: number, axes: readonly number[]): number {
  return wanted !== taken ? wanted : (axes.findLast(axis => axis !== taken) ?? wanted);
}
