import type { DType } from '../../../engine';
import { domainOfStats, type Distribution, type Domain, type RangeMode } from '../../draw/domain';
import { brief } from '../../draw/format';
import { t } from '../../l10n';

/**
 * The range from black to full light that values are most likely stored in. Of values of no usual range the middle
 * 98 % take it, so that a single one far off does not make all others black.
 * @param chosen another range, by the user
 */
export function lightRange(dtype: DType, values: Distribution | undefined, chosen?: RangeMode): Domain {
  if (chosen && values) return domainOfStats(values, chosen);
  if (dtype === 'uint8') return { min: 0, max: 255 };
  if (!values) return { min: 0, max: 1, note: 'empty' };
  const { min, max } = values;
  if (!(min < max) || (min >= 0 && max <= 1)) return { min: 0, max: 1 };
  if (min >= 0 && max <= 255) return { min: 0, max: 255 };
  return domainOfStats(values, { kind: 'percentile', low: 1, high: 99 });
}

/**
 * What must be said of a colour picture's light.
 * @param values those that the range was taken from
 * @param chosen the range that the user chose
 */
export function describeLight(
  { min, max }: Domain,
  values: Distribution | undefined,
  chosen?: RangeMode,
): string {
  const isCut = values !== undefined && chosen?.kind !== 'manual' && (values.min < min || values.max > max);
  const range = t('black is {0}, full light {1}', brief(min, 4), brief(max, 4));
  return isCut ? `${range} (${t('1st to 99th percentile')})` : range;
}
