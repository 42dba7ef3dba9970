import { checkRegion, wholeRegion, type ArraySource } from './arraySource';
import { finiteOf, visitChunks, type ChunkVisitor } from './chunks';
import { scaled, type Scaling } from './scaling';
import { DEFAULT_BINS, type StatsOptions } from './stats';

/** What the bins of a histogram cover: equal lengths of a scaling from `min` to `max`; what lies beyond, the end bins do. */
export interface HistogramRange {
  readonly scaling: Scaling;
  readonly min: number;
  readonly max: number;
}

export interface ScaledHistogram extends HistogramRange {
  /** One bin if `min` and `max` are the same place, none if the scaling has no place for one of them. */
  readonly histogram: readonly number[];
  /** Finite values that have no place on the scaling, and so are in no bin. */
  readonly outside: number;
}

/**
 * How the finite values of an array are spread along a scaling. The array is read once, in small blocks.
 * @throws IndexError if `region` lies outside the array, CancelledError
 */
export async function histogramOf(
  source: ArraySource,
  range: HistogramRange,
  { region = wholeRegion(source.shape), bins = DEFAULT_BINS, signal }: Omit<StatsOptions, 'onProgress'> = {},
): Promise<ScaledHistogram> {
  checkRegion(region, source.shape);
  const { scaling, min, max } = range;
  const from = scaled(scaling, min);
  const length = scaled(scaling, max) - from;
  const count = !Number.isFinite(length) ? 0 : length > 0 ? bins : 1;
  const counter = new ScaledCounts(scaling, { from, length, count });
  await visitChunks(source, region, signal, counter);
  return { ...range, histogram: Array.from(counter.counts), outside: counter.outside };
}

/** Bins of equal length, from a place on a scaling on. */
interface Bins {
  readonly from: number;
  readonly length: number;
  readonly count: number;
}

class ScaledCounts implements ChunkVisitor {
  readonly counts: Float64Array;
  outside = 0;

  constructor(
    private readonly scaling: Scaling,
    private readonly bins: Bins,
  ) {
    this.counts = new Float64Array(bins.count);
  }

  add(chunk: Float64Array): void {
    const values = finiteOf(chunk);
    const { length, count } = this.bins;
    if (count === 0) this.outside += values.length;
    else if (length <= 0) this.counts[0] += values.length;
    else this.count(placesOf(values, this.scaling));
  }

  /** A loop without calls, so that it takes a few nanoseconds a value. */
  private count(places: Float64Array): void {
    const { counts } = this;
    const { from, length, count } = this.bins;
    let outside = 0;
    for (let i = 0; i < places.length; i++) {
      const bin = ((places[i] - from) / length) * count;
      if (bin >= 0 && bin < count) counts[bin | 0]++;
      else if (bin < 0) counts[0]++;
      else if (bin >= count) counts[count - 1]++;
      else outside++;
    }
    this.outside += outside;
  }

  addFloats(): boolean {
    return false;
  }
}

/** Where the values lie on a scaling, in their place. */
function placesOf(values: Float64Array, scaling: Scaling): Float64Array {
  if (scaling.kind === 'linear') return values;
  for (let i = 0; i < values.length; i++) values[i] = scaled(scaling, values[i]);
  return values;
}
