import { checkRegion, wholeRegion, type ArraySource } from './arraySource';
import { readBlocks } from './blocks';
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
  const histogram = new Array<number>(!Number.isFinite(length) ? 0 : length > 0 ? bins : 1).fill(0);
  const last = histogram.length - 1;
  let outside = 0;
  for await (const block of readBlocks(source, region, signal)) {
    const values = block.numbers();
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      const part = length > 0 ? (scaled(scaling, value) - from) / length : 0;
      if (last < 0 || Number.isNaN(part)) outside++;
      else histogram[Math.max(0, Math.min(last, Math.floor(part * (last + 1))))]++;
    }
  }
  return { ...range, histogram, outside };
}
