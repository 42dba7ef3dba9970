import { windowSpan, type SpatialAxis, type WindowGeometry } from '../../conv';
import { lengthOf, type Range } from './pieces';

/** A part of a convolution's outputs: of all samples, groups, filters of a group, rows and columns of a map. */
export interface Box {
  readonly n: Range;
  readonly group: Range;
  readonly f: Range;
  readonly oh: Range;
  readonly ow: Range;
}

/** The axes along which a box is halved when it is too large, the one that costs least first. */
const AXES = ['n', 'oh', 'group', 'f', 'ow'] as const;

/** The outputs of a convolution in boxes of at most `budget` bytes, or of one number. */
export function* boxesOf(
  geometry: WindowGeometry,
  bytesOf: (box: Box) => number,
  budget: number,
): Generator<Box> {
  const { N, FN, groups, vertical, horizontal } = geometry;
  yield* halved({
    n: [0, N],
    group: [0, groups],
    f: [0, FN / groups],
    oh: [0, vertical.out],
    ow: [0, horizontal.out],
  });

  function* halved(box: Box): Generator<Box> {
    const axis = bytesOf(box) > budget ? AXES.find(name => lengthOf(box[name]) > 1) : undefined;
    if (!axis) {
      yield box;
      return;
    }
    const [from, to] = box[axis];
    const middle = Math.ceil((from + to) / 2);
    yield* halved({ ...box, [axis]: [from, middle] });
    yield* halved({ ...box, [axis]: [middle, to] });
  }
}

/** The part of an axis of x that some windows reach, and the padding there. */
export interface Stretch {
  /** Positions in x, without padding. */
  readonly inside: Range;
  /** Positions of padding before them. */
  readonly before: number;
  /** All positions from the first tap of the first window to the last of the last. */
  readonly size: number;
}

export function stretchOf(axis: SpatialAxis, [from, to]: Range): Stretch {
  const start = from * axis.stride - axis.before;
  const size = (to - from - 1) * axis.stride + windowSpan(axis);
  const clamp = (position: number): number => Math.min(Math.max(position, 0), axis.size);
  const inside = [clamp(start), clamp(start + size)] as const;
  return { inside, before: Math.min(Math.max(inside[0] - start, 0), size), size };
}
