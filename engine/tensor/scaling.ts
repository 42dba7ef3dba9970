/** How values are spread over the colours, or along an axis. */
export type Scaling =
  | { readonly kind: 'linear' }
  /** Equal ratios take equal lengths. Only positive values have a place. */
  | { readonly kind: 'log' }
  /** Linear within ±`threshold`, logarithmic beyond, for values of both signs. */
  | { readonly kind: 'symlog'; readonly threshold: number };

export const LINEAR: Scaling = { kind: 'linear' };

/** Values of a range that is not all positive are shown down to this part of its greatest. */
const LOG_REACH = 1e-6;

/** Where a value lies on a scaling, in its own units; NaN where it has no place. */
export function scaled(scaling: Scaling, value: number): number {
  switch (scaling.kind) {
    case 'linear':
      return value;
    case 'log':
      return value > 0 ? Math.log(value) : NaN;
    case 'symlog':
      return Math.sign(value) * Math.log1p(Math.abs(value) / scaling.threshold);
  }
}

/** The value at a place of a scaling; the inverse of {@link scaled}. */
export function unscaled(scaling: Scaling, place: number): number {
  switch (scaling.kind) {
    case 'linear':
      return place;
    case 'log':
      return Math.exp(place);
    case 'symlog':
      return Math.sign(place) * Math.expm1(Math.abs(place)) * scaling.threshold;
  }
}

/** The part of a range that a scaling can show: of a logarithm's, what is positive. */
export function shownRange<R extends { readonly min: number; readonly max: number }>(
  { kind }: Scaling,
  range: R,
): R {
  if (kind !== 'log' || range.min > 0) return range;
  const max = range.max > 0 ? range.max : 1;
  return { ...range, min: max * LOG_REACH, max };
}

/** A threshold that shows the small values of a range and leaves room for the great ones. */
export function defaultThreshold({ min, max }: { readonly min: number; readonly max: number }): number {
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  return magnitude > 0 && Number.isFinite(magnitude) ? Number((magnitude / 100).toPrecision(1)) : 1;
}
