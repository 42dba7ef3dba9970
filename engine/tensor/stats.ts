import { checkRegion, wholeRegion, type ArraySource, type Region } from './arraySource';
import { visitChunks } from './chunks';
import { bytesInMemory } from './dtype';
import { sizeOf } from './shape';
import { Spread } from './spread';
import { Tally } from './tally';

/** Enough for the shape of a distribution, few enough for a narrow panel. */
export const DEFAULT_BINS = 64;

/** What is worth knowing about the values of an array. Minimum, maximum, mean, std and histogram are over the finite values. */
export interface Stats {
  /** All elements, finite or not. */
  readonly count: number;
  /** Least finite value; NaN if there is none (likewise max, mean, std). */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation, as NumPy's default. */
  readonly std: number;
  readonly zeros: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** Equal bins from min to max, the last one closed. One bin if all finite values are equal, none if there are none. */
  readonly histogram: readonly number[];
}

export interface StatsOptions {
  /** The part of the array that is meant; all of it where left out. */
  readonly region?: Region;
  /** Bins of the histogram. */
  readonly bins?: number;
  readonly signal?: AbortSignal;
  /** Told after each block how much of the work is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Statistics of an array, which is read twice in small blocks and never held as a whole. 64-bit integers beyond 2^53
 * are taken as the nearest float64.
 * @throws IndexError if `region` lies outside the array, CancelledError
 */
export async function statsOf(
  array: ArraySource,
  { region: part, bins = DEFAULT_BINS, signal, onProgress }: StatsOptions = {},
): Promise<Stats> {
  const source = part ? array : (array.sameElements ?? array);
  const region = part ?? wholeRegion(source.shape);
  checkRegion(region, source.shape);
  const count = elementsOf(region);
  const { finite, ...tally } = await tallyOf(source, region, signal, visited =>
    onProgress?.(visited / (2 * count)),
  );
  const { min, max } = tally;
  if (finite === 0) return { ...tally, std: NaN, histogram: [] };
  if (min === max) return { ...tally, std: 0, histogram: [finite] };

  const spread = new Spread(tally, bins, finite === count);
  await visitChunks(source, region, signal, spread, visited => onProgress?.((count + visited) / (2 * count)));
  const std = Math.sqrt(spread.squares.total() / finite);
  return { ...tally, std, histogram: spread.histogram() };
}

/** What one pass over an array finds, in half the time of {@link Stats}. */
export interface ArrayRange extends Omit<Stats, 'std' | 'histogram'> {
  /** Elements that are neither NaN nor infinite. */
  readonly finite: number;
}

/** @throws CancelledError */
export function rangeOf(array: ArraySource, signal?: AbortSignal): Promise<ArrayRange> {
  const source = array.sameElements ?? array;
  return tallyOf(source, wholeRegion(source.shape), signal);
}

async function tallyOf(
  source: ArraySource,
  region: Region,
  signal?: AbortSignal,
  onVisited?: (elements: number) => void,
): Promise<ArrayRange> {
  const count = elementsOf(region);
  const tally = new Tally(bytesInMemory(source.dtype) === 8);
  await visitChunks(source, region, signal, tally, onVisited);
  const { min, max, zeros, nan, posInf, negInf } = tally;
  const finite = count - nan - posInf - negInf;
  const mean = min === max ? min : tally.sum.total() / finite;
  const values = finite === 0 ? { min: NaN, max: NaN, mean: NaN } : { min, max, mean };
  return { count, ...values, zeros, nan, posInf, negInf, finite };
}

function elementsOf(region: Region): number {
  return sizeOf(region.map(range => range.count));
}
