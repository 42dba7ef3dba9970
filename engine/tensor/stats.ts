import { checkRegion, wholeRegion, type ArraySource, type Region } from './arraySource';
import { readBlocks } from './blocks';
import { sizeOf } from './shape';

/** Enough for the shape of a distribution, few enough for a narrow panel. */
const DEFAULT_BINS = 64;

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
  source: ArraySource,
  { region = wholeRegion(source.shape), bins = DEFAULT_BINS, signal, onProgress }: StatsOptions = {},
): Promise<Stats> {
  checkRegion(region, source.shape);
  const count = sizeOf(region.map(range => range.count));
  let visited = 0;
  const visitBlocks = async (visit: (values: ArrayLike<number>) => void): Promise<void> => {
    for await (const block of readBlocks(source, region, signal)) {
      visit(block.numbers());
      visited += block.size;
      onProgress?.(visited / (2 * count));
    }
  };

  const tally = { min: Infinity, max: -Infinity, zeros: 0, nan: 0, posInf: 0, negInf: 0 };
  const sum = new CompensatedSum();
  await visitBlocks(values => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Number.isNaN(value)) tally.nan++;
      else if (value === Infinity) tally.posInf++;
      else if (value === -Infinity) tally.negInf++;
      else {
        if (value < tally.min) tally.min = value;
        if (value > tally.max) tally.max = value;
        if (value === 0) tally.zeros++;
        sum.add(value);
      }
    }
  });

  const finite = count - tally.nan - tally.posInf - tally.negInf;
  const counted = { ...tally, count };
  if (finite === 0) return { ...counted, min: NaN, max: NaN, mean: NaN, std: NaN, histogram: [] };
  const { min, max } = tally;
  if (min === max) return { ...counted, mean: min, std: 0, histogram: [finite] };

  const mean = sum.total() / finite;
  const squares = new CompensatedSum();
  const histogram = new Array<number>(bins).fill(0);
  const binOf = binning(min, max, bins);
  await visitBlocks(values => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      squares.add((value - mean) ** 2);
      histogram[binOf(value)]++;
    }
  });
  return { ...counted, mean, std: Math.sqrt(squares.total() / finite), histogram };
}

/** Neumaier's summation, which carries along what each addition rounds away. ZAMM 54 (1974), 39–51. */
class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  total(): number {
    // Of an overflow the part rounded away is meaningless.
    return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
  }
}

function binning(min: number, max: number, bins: number): (value: number) => number {
  // Halved where the two ends of float64 are further apart than a float64 can say.
  const unit = Number.isFinite(max - min) ? 1 : 0.5;
  const low = min * unit;
  const span = max * unit - low;
  return value => Math.min(bins - 1, Math.floor(((value * unit - low) / span) * bins));
}
