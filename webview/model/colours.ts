import type { Role, Stats } from '../../engine';
import type { ColorScale } from '../draw/colorScale';
import type { ColormapName } from '../draw/colormap';
import { domainOfStats, type Domain, type RangeMode } from '../draw/domain';

/** How the arrays of one role are coloured. */
export interface ColourSettings {
  readonly colormap: ColormapName;
  readonly range: RangeMode;
  /** Whether each map of a grid has a range of its own. Otherwise one range holds for the whole array. */
  readonly perMap: boolean;
}

export type ColourTable = Readonly<Record<Role, ColourSettings>>;

const SHARED_MIN_MAX: Pick<ColourSettings, 'range' | 'perMap'> = { range: { kind: 'minMax' }, perMap: false };
const SIGNED: ColourSettings = { colormap: 'redBlue', range: { kind: 'symmetric' }, perMap: false };

/** What has a natural zero (weights, gradients) is coloured around it. */
export const DEFAULT_COLOURS: ColourTable = {
  x: { colormap: 'grey', ...SHARED_MIN_MAX },
  col: { colormap: 'grey', ...SHARED_MIN_MAX },
  W: SIGNED,
  out: { colormap: 'viridis', ...SHARED_MIN_MAX },
  gradient: SIGNED,
  count: { colormap: 'cividis', ...SHARED_MIN_MAX },
};

/**
 * The colours over the range of values that these statistics tell of; over nothing while they are not known.
 * @param borrowed whether they are another array's, whose values say nothing of this one's being all equal
 */
export function scaleOf(
  { colormap, range }: ColourSettings,
  stats: Stats | undefined,
  borrowed: boolean,
): ColorScale {
  const domain: Domain = stats ? domainOfStats(stats, range) : { min: 0, max: 0, note: 'empty' };
  return { colormap, domain: borrowed ? { min: domain.min, max: domain.max } : domain };
}
