import { checkRegion, wholeRegion, type ArraySource, type Region } from './arraySource';
import { readBlocks } from './blocks';
import { bytesInMemory } from './dtype';
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

  // Numbers of 64 bits can cancel to the last digit. Of all else, short runs summed plainly are as good, and five times faster.
  const run = bytesInMemory(source.dtype) === 8 ? 1 : RUN;
  const tally = new Tally();
  await visitBlocks(values => {
    tally.add(values, run);
  });

  const { min, max, zeros, nan, posInf, negInf } = tally;
  const finite = count - nan - posInf - negInf;
  const counted = { count, min, max, zeros, nan, posInf, negInf };
  if (finite === 0) return { ...counted, min: NaN, max: NaN, mean: NaN, std: NaN, histogram: [] };
  if (min === max) return { ...counted, mean: min, std: 0, histogram: [finite] };

  const mean = tally.sum.total() / finite;
  const spread = new Spread(min, max, mean, bins);
  await visitBlocks(values => {
    spread.add(values, run);
  });
  const { squares, histogram } = spread;
  return {
    ...counted,
    mean,
    std: Math.sqrt(squares.total() / finite),
    histogram: Array.from(histogram),
  };
}

/** Elements that are summed without compensation. */
const RUN = 1 << 10;

/** What the first pass counts. Its loop keeps everything in local variables, which engines hold in registers. */
class Tally {
  min = Infinity;
  max = -Infinity;
  zeros = 0;
  nan = 0;
  posInf = 0;
  negInf = 0;
  readonly sum = new CompensatedSum();

  /** @param run elements to sum before the sum is compensated */
  add(values: ArrayLike<number>, run: number): void {
    let { min, max, zeros } = this;
    for (let start = 0; start < values.length; start += run) {
      const end = Math.min(start + run, values.length);
      let sum = 0;
      for (let i = start; i < end; i++) {
        const value = values[i];
        if (value - value === 0) {
          if (value < min) min = value;
          if (value > max) max = value;
          if (value === 0) zeros++;
          sum += value;
        } else if (value === Infinity) this.posInf++;
        else if (value === -Infinity) this.negInf++;
        else this.nan++;
      }
      this.sum.add(sum);
    }
    this.min = min;
    this.max = max;
    this.zeros = zeros;
  }
}

/** What the second pass finds: squares of the distances from the mean, and the histogram. */
class Spread {
  readonly squares = new CompensatedSum();
  readonly histogram: Float64Array;
  private readonly unit: number;
  private readonly low: number;
  private readonly binsPerUnit: number;

  constructor(
    min: number,
    max: number,
    private readonly mean: number,
    bins: number,
  ) {
    // Scaled where the two ends are further apart than a float64 can say, or closer than it can divide by.
    const span = max - min;
    this.unit = span === Infinity ? 0.5 : span < 1e-290 ? 2 ** 500 : 1;
    this.low = min * this.unit;
    this.binsPerUnit = bins / (max * this.unit - this.low);
    this.histogram = new Float64Array(bins);
  }

  /** @param run squares to sum before the sum is compensated */
  add(values: ArrayLike<number>, run: number): void {
    const { histogram, mean, unit, low, binsPerUnit } = this;
    const last = histogram.length - 1;
    // Whole numbers are counted faster, but not as far as the elements of a large array.
    const counts = new Uint32Array(histogram.length);
    for (let start = 0; start < values.length; start += run) {
      const end = Math.min(start + run, values.length);
      let sum = 0;
      for (let i = start; i < end; i++) {
        const value = values[i];
        if (value - value !== 0) continue; // not finite
        const distance = value - mean;
        sum += distance * distance;
        const bin = ((value * unit - low) * binsPerUnit) | 0;
        counts[bin < last ? bin : last]++;
      }
      this.squares.add(sum);
    }
    for (let bin = 0; bin <= last; bin++) histogram[bin] += counts[bin];
  }
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
