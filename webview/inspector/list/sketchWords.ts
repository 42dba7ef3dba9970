import { brief, digitsWithin } from '../../draw/format';
import { t } from '../../l10n';
import type { ArraySketch } from '../../protocol';
import { counted } from '../words';
import type { Oddity } from './oddities';

/** What the small histogram shows, and of how many values. */
export function sketchText(sketch: ArraySketch, elements: number): string {
  const { histogram, min, max, seen } = sketch;
  const digits = digitsWithin(min, max, 4);
  const range =
    histogram.length === 0 ? t('no finite values') : t('{0} to {1}', brief(min, digits), brief(max, digits));
  return seen < elements
    ? t('{0}; sampled: {1} of {2} values looked at', range, counted(seen), counted(elements))
    : range;
}

/** What a badge says; `≈` where it may not be true of the values that were not looked at. */
export function oddityBadge({ kind }: Oddity, { seen }: ArraySketch, elements: number): string {
  const about = seen < elements ? '≈ ' : '';
  switch (kind) {
    case 'zero':
      return about + t('all 0');
    case 'constant':
      return about + t('constant');
    default:
      return NOT_FINITE[kind];
  }
}

const NOT_FINITE = { nan: 'NaN', posInf: '∞', negInf: '−∞' };

/** The same in full, with how often it was found among how many values. */
export function oddityText({ kind, count }: Oddity, sketch: ArraySketch, elements: number): string {
  const [found, looked] = [counted(count), counted(sketch.seen)];
  const sampled = sketch.seen < elements;
  switch (kind) {
    case 'nan':
    case 'posInf':
    case 'negInf':
      return sampled
        ? t('{0}: {1} of the {2} values looked at', NOT_FINITE[kind], found, looked)
        : t('{0}: {1} of {2} values', NOT_FINITE[kind], found, looked);
    case 'zero':
      return sampled ? t('the {0} values looked at are all 0', looked) : t('all {0} values are 0', looked);
    case 'constant':
      return sampled
        ? t('the {0} values looked at are all {1}', looked, brief(sketch.min))
        : t('all {0} values are {1}', looked, brief(sketch.min));
  }
}
