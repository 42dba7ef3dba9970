import { windowSpan, type SpatialAxis, type WindowGeometry } from '../../../conv';
import { lengthOf, type Range } from '../memory/pieces';

/** Bytes that the operands and results of one box may take together: leaves room in 64 MB for what the threads need beside. */
export const BUDGET = 40 * 2 ** 20;

/** The part of it that filters may take: to halve a box along another axis makes them no fewer. */
export const FILTERS_SHARE = 1 / 2;

/** Parts of axes that have names. */
export type Ranges<Name extends string> = Readonly<Record<Name, Range>>;

/** A part of a convolution's outputs: of all samples, groups, filters of a group, rows and columns of a map. */
export type Box = Ranges<'n' | 'group' | 'f' | 'oh' | 'ow'>;

export function wholeBox({ N, FN, groups, vertical, horizontal }: WindowGeometry): Box {
  return {
    n: [0, N],
    group: [0, groups],
    f: [0, FN / groups],
    oh: [0, vertical.out],
    ow: [0, horizontal.out],
  };
}

/** The filters of a box, which has either all filters of some groups or some of one. */
export function filtersOf({ FN, groups }: WindowGeometry, { group, f }: Pick<Box, 'group' | 'f'>): Range {
  const filters = FN / groups;
  return [group[0] * filters + f[0], (group[1] - 1) * filters + f[1]];
}

/**
 * A box in parts of at most `budget` bytes, or of one position, in their order along each axis.
 * @param axes those that are halved if a part is too large, the first one that can be
 * @param units how many positions of an axis stay together: one, unless said otherwise
 */
export function* partsOf<Name extends string>(
  box: Ranges<Name>,
  axes: readonly Name[],
  bytesOf: (box: Ranges<Name>) => number,
  budget: number,
  units: Partial<Record<Name, number>> = {},
): Generator<Ranges<Name>, void, undefined> {
  const unitOf = (name: Name): number => units[name] ?? 1;
  const axis = bytesOf(box) > budget ? axes.find(name => lengthOf(box[name]) > unitOf(name)) : undefined;
  if (axis === undefined) {
    yield box;
    return;
  }
  const [from, to] = box[axis];
  const unit = unitOf(axis);
  const middle = from + Math.ceil((to - from) / 2 / unit) * unit;
  yield* partsOf({ ...box, [axis]: [from, middle] }, axes, bytesOf, budget, units);
  yield* partsOf({ ...box, [axis]: [middle, to] }, axes, bytesOf, budget, units);
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

/** The windows along an axis that have a tap in some positions of x, and perhaps some more. */
export function windowsOver({ before, stride, out, ...axis }: SpatialAxis, [from, to]: Range): Range {
  const clamp = (window: number): number => Math.min(Math.max(window, 0), out);
  const first = clamp(Math.ceil((from + before - windowSpan(axis) + 1) / stride));
  return [first, Math.max(first, clamp(Math.floor((to - 1 + before) / stride) + 1))];
}
