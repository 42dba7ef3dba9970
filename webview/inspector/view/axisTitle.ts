import { t } from '../../l10n';
import type { AxisName } from './shapeReading';

/** What an axis is called where one of its positions is chosen. @param axis of the whole array */
export function axisTitle(name: AxisName, axis: number): string {
  switch (name) {
    case 'n':
      return t('sample');
    case 'c':
      return t('channel');
    case 'f':
      return t('filter');
    case 'h':
    case 'fh':
      return t('row');
    case 'w':
    case 'fw':
      return t('column');
    case '':
      return t('axis {0}', axis);
  }
}
