import { checkRegion, wholeRegion, type ArraySource, type Region } from './arraySource';
import { readBlocks } from './blocks';
import { bytesInMemory } from './dtype';
import { sizeOf } from './shape';
import type { Tensor } from './tensor';

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
  const { min, max, mean } = tally;
  if (finite === 0) return { ...tally, std: NaN, histogram: [] };
  if (min === max) return { ...tally, std: 0, histogram: [finite] };

  const spread = new Spread(min, max, mean, bins);
  const add = (chunk: Float64Array): void => spread.add(finite < count ? finiteOf(chunk) : chunk);
  await visitChunks(source, region, signal, add, visited => onProgress?.((count + visited) / (2 * count)));
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
  await visitChunks(source, region, signal, chunk => tally.add(chunk), onVisited);
  const { min, max, zeros, nan, posInf, negInf } = tally;
  const finite = count - nan - posInf - negInf;
  const mean = min === max ? min : tally.sum.total() / finite;
  const values = finite === 0 ? { min: NaN, max: NaN, mean: NaN } : { min, max, mean };
  return { count, ...values, zeros, nan, posInf, negInf, finite };
}

/** @param onVisited told after each block how many elements have been visited */
async function visitChunks(
  source: ArraySource,
  region: Region,
  signal: AbortSignal | undefined,
  visit: (chunk: Float64Array) => void,
  onVisited?: (elements: number) => void,
): Promise<void> {
  let visited = 0;
  for await (const block of readBlocks(source, region, signal)) {
    for (const chunk of chunksOf(block.numbers())) visit(chunk);
    visited += block.size;
    onVisited?.(visited);
  }
}

function elementsOf(region: Region): number {
  return sizeOf(region.map(range => range.count));
}

/** Elements that are looked at together: as float64 they fit into the innermost cache of a processor. */
const CHUNK = 1 << 12;

/**
 * The values as float64, in chunks; each is good until the next. The loops below then meet one kind of array only: once
 * they had met several, engines would compile them to code that asks at each element which it is.
 */
function* chunksOf(values: ReturnType<Tensor['numbers']>): Generator<Float64Array, void> {
  const memory = new Float64Array(Math.min(CHUNK, values.length));
  for (let start = 0; start < values.length; start += CHUNK) {
    const chunk = memory.subarray(0, values.length - start);
    chunk.set(values.subarray(start, start + chunk.length));
    yield chunk;
  }
}

/** The finite values of a chunk, moved to its beginning. */
function finiteOf(chunk: Float64Array): Float64Array {
  let kept = 0;
  for (let i = 0; i < chunk.length; i++) if (isFinite(chunk[i])) chunk[kept++] = chunk[i];
  return chunk.subarray(0, kept);
}

/** What the first pass counts. The loops of both passes take two values at a time: twice as fast as one by one. */
class Tally {
  min = Infinity;
  max = -Infinity;
  zeros = 0;
  nan = 0;
  posInf = 0;
  negInf = 0;
  readonly sum = new CompensatedSum();

  /** @param exact numbers of 64 bits can cancel to the last digit; of all else a chunk summed plainly is as good */
  constructor(private readonly exact: boolean) {}

  add(chunk: Float64Array): void {
    const odd = chunk.length % 2;
    let { min, max } = this;
    let sum = odd ? chunk[0] : 0;
    let secondSum = 0;
    let zeros = sum === 0 ? odd : 0;
    if (odd && sum < min) min = sum;
    if (odd && sum > max) max = sum;
    for (let i = odd + 1; i < chunk.length; i += 2) {
      const first = chunk[i - 1];
      const second = chunk[i];
      sum += first;
      secondSum += second;
      if (first < min) min = first;
      if (first > max) max = first;
      if (first === 0) zeros++;
      if (second < min) min = second;
      if (second > max) max = second;
      if (second === 0) zeros++;
    }
    sum += secondSum;
    if (!isFinite(sum) && this.setAside(chunk) > 0) {
      this.add(finiteOf(chunk));
      return;
    }
    this.min = min;
    this.max = max;
    this.zeros += zeros;
    if (this.exact) for (let i = 0; i < chunk.length; i++) this.sum.add(chunk[i]);
    else this.sum.add(sum);
  }

  /** Counts what is not finite, and says how many. */
  private setAside(chunk: Float64Array): number {
    const before = this.nan + this.posInf + this.negInf;
    for (let i = 0; i < chunk.length; i++) {
      const value = chunk[i];
      if (value === Infinity) this.posInf++;
      else if (value === -Infinity) this.negInf++;
      else if (Number.isNaN(value)) this.nan++;
    }
    return this.nan + this.posInf + this.negInf - before;
  }
}

/** What the second pass finds: squares of the distances from the mean, and the histogram. */
class Spread {
  readonly squares = new CompensatedSum();
  private readonly counts: Float64Array;
  /** Of one chunk: whole numbers are counted faster, but not as far as the elements of a large array. */
  private readonly chunkCounts: Uint32Array;
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
    // One more for what lies on the upper end.
    this.counts = new Float64Array(bins + 1);
    this.chunkCounts = new Uint32Array(bins + 1);
  }

  /** @param chunk finite values */
  add(chunk: Float64Array): void {
    const { chunkCounts, mean, unit, low, binsPerUnit } = this;
    const odd = chunk.length % 2;
    let sum = 0;
    let secondSum = 0;
    if (odd) {
      sum = (chunk[0] - mean) ** 2;
      chunkCounts[((chunk[0] * unit - low) * binsPerUnit) | 0]++;
    }
    for (let i = odd + 1; i < chunk.length; i += 2) {
      const first = chunk[i - 1];
      const second = chunk[i];
      const firstDistance = first - mean;
      const secondDistance = second - mean;
      sum += firstDistance * firstDistance;
      secondSum += secondDistance * secondDistance;
      chunkCounts[((first * unit - low) * binsPerUnit) | 0]++;
      chunkCounts[((second * unit - low) * binsPerUnit) | 0]++;
    }
    this.squares.add(sum + secondSum);
    for (let bin = 0; bin < chunkCounts.length; bin++) this.counts[bin] += chunkCounts[bin];
    chunkCounts.fill(0);
  }

  histogram(): number[] {
    const histogram = Array.from(this.counts);
    const onUpperEnd = histogram.pop() ?? 0;
    histogram[histogram.length - 1] += onUpperEnd;
    return histogram;
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
