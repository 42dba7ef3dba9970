import type { Domain } from '../../draw/domain';
import { brief } from '../../draw/format';
import { t } from '../../l10n';
import type { DType } from '../../../engine';
import type { Distribution } from '../../draw/domain';

/** The range from black to full light that values are most likely stored in. */
export function lightRange(dtype: DType, values: Distribution | undefined): Domain {
  if (dtype === 'uint8') return { min: 0, max: 255 };
  if (!values || !(values.min < values.max)) return { min: 0, max: 1 };
  const { min, max } = values;
  if (min >= 0 && max <= 1) return { min: 0, max: 1 };
  if (min >= 0 && max <= 255) return { min: 0, max: 255 };
  return { min, max };
}

/** What must be said of a colour picture's light. */
export function describeLight({ min, max }: Domain): string {
  return t('black is {0}, full light {1}', brief(min, 4), brief(max, 4));
}
