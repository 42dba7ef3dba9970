import type { Stats } from '../../engine';

/** How the range of values that is mapped to colour is chosen. */
export type RangeMode =
  | { readonly kind: 'minMax' }
  /** −m … m with the greatest magnitude m. */
  | { readonly kind: 'symmetric' }
  /** Percentiles 0 … 100 of the finite values; what lies outside is drawn in the end colours. */
  | { readonly kind: 'percentile'; readonly low: number; readonly high: number }
  | { readonly kind: 'manual'; readonly min: number; readonly max: number };

/** The value range mapped to colour. Both ends are finite and min ≤ max. */
export interface Domain {
  readonly min: number;
  readonly max: number;
  /** Why the range says little: every finite value is the same, or there is none. */
  readonly note?: 'equal' | 'empty';
}

/** What the statistics of an array, or of a sample of it, say of where its values lie. */
export type Distribution = Pick<Stats, 'min' | 'max' | 'histogram'>;

const EMPTY: Domain = { min: 0, max: 0, note: 'empty' };

/** The domain of values known by their statistics. Percentiles are interpolated inside a bin of the histogram. */
export function domainOfStats(stats: Distribution, mode: RangeMode): Domain {
  return choose(mode, stats.min, stats.max, percent => percentileOfHistogram(stats, percent));
}

/** The domain of the values themselves: exact, for arrays small enough to hold. */
export function domainOfValues(values: ArrayLike<number>, mode: RangeMode): Domain {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const sorted =
    mode.kind === 'percentile' ? Float64Array.from(values).filter(Number.isFinite).sort() : undefined;
  return choose(mode, min, max, percent => percentileOfSorted(sorted ?? [], percent));
}

/** @param min least finite value; not finite itself where there is none */
function choose(mode: RangeMode, min: number, max: number, percentile: (percent: number) => number): Domain {
  if (mode.kind === 'manual') return ordered(mode.min, mode.max);
  if (!Number.isFinite(min) || !Number.isFinite(max)) return EMPTY;
  if (min === max && mode.kind !== 'symmetric') return { min, max, note: 'equal' };
  switch (mode.kind) {
    case 'minMax':
      return { min, max };
    case 'symmetric': {
      const magnitude = Math.max(Math.abs(min), Math.abs(max));
      return min === max
        ? { min: -magnitude, max: magnitude, note: 'equal' }
        : { min: -magnitude, max: magnitude };
    }
    case 'percentile': {
      const middle = ordered(percentile(mode.low), percentile(mode.high));
      // Of mostly equal values the percentiles coincide, and would leave no colours for the others.
      return middle.min < middle.max ? middle : { min, max };
    }
  }
}

function ordered(a: number, b: number): Domain {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return EMPTY;
  return { min: Math.min(a, b), max: Math.max(a, b) };
}

/** Linear interpolation between the nearest ranks, as NumPy's default. */
function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number {
  const rank = (clampPercent(percent) / 100) * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.ceil(rank);
  return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
}

function percentileOfHistogram({ min, max, histogram }: Distribution, percent: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const wanted = (clampPercent(percent) / 100) * total;
  const width = (max - min) / histogram.length;
  let passed = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    const count = histogram[bin];
    if (count > 0 && passed + count >= wanted) return min + (bin + (wanted - passed) / count) * width;
    passed += count;
  }
  return max;
}

function clampPercent(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
