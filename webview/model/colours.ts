import type { Role, Stats } from '../../engine';
import type { ColorScale } from '../draw/colorScale';
import { scaleOf, type ColourSettings } from '../views/colours/colourSettings';

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

/** The scale of an array that is coloured like another one, whose values say nothing of this one's being all equal. */
export function borrowedScale(settings: ColourSettings, stats: Stats | undefined): ColorScale {
  const { domain, ...scale } = scaleOf(settings, stats);
  return { ...scale, domain: { min: domain.min, max: domain.max } };
}
