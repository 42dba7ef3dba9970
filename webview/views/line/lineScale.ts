import type { ColorScale } from '../../draw/colorScale';
import { LINEAR, scaled, shownRange, type Scaling } from '../../../engine';

/** Where values lie in a plot. */
export interface LineScale {
  readonly scaling: Scaling;
  readonly min: number;
  readonly max: number;
  /** Whether there are whole numbers only. */
  readonly isWhole: boolean;
}

/** The range of a line's values, with some room where they are all equal. */
export function lineScale({ domain, scaling = LINEAR }: ColorScale, isWhole = false): LineScale {
  const { min, max } = shownRange(scaling, domain);
  if (min < max) return { scaling, min, max, isWhole };
  const room = Math.abs(min) / 2 || 1;
  return scaling.kind === 'log'
    ? { scaling, min: min / 2, max: max * 2, isWhole }
    : { scaling, min: min - room, max: max + room, isWhole };
}

/** @returns the height of a value on a canvas, NaN where it has none; what is beyond the range lies at its ends */
export function heightOf({ scaling, min, max }: LineScale, top: number, bottom: number) {
  const from = scaled(scaling, min);
  const length = scaled(scaling, max) - from;
  return (value: number): number => {
    const part = (scaled(scaling, value) - from) / length;
    return bottom - Math.max(0, Math.min(1, part)) * (bottom - top);
  };
}
