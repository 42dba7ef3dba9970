import type { ColorScale } from '../../draw/colorScale';
import type { ColormapName } from '../../draw/colormap';
import { domainOfStats, type Distribution, type RangeMode } from '../../draw/domain';
import type { Scaling } from '../../../engine';

/** How an array is coloured. */
export interface ColourSettings {
  readonly colormap: ColormapName;
  readonly range: RangeMode;
  /** Whether each map of a grid has a range of its own. Otherwise one range holds for the whole array. */
  readonly perMap: boolean;
  /** Linear where left out. */
  readonly scaling?: Scaling;
}

/** The colours over the range of values that these statistics tell of; over nothing while they are not known. */
export function scaleOf(
  { colormap, range, scaling }: ColourSettings,
  stats: Distribution | undefined,
): ColorScale {
  const domain = stats ? domainOfStats(stats, range) : ({ min: 0, max: 0, note: 'empty' } as const);
  return { colormap, domain, scaling };
}
