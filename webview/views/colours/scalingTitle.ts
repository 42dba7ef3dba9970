import type { Scaling } from '../../../engine';
import { t } from '../../l10n';

export function scalingTitle(kind: Scaling['kind']): string {
  switch (kind) {
    case 'linear':
      return t('linear');
    case 'log':
      return t('logarithmic');
    case 'symlog':
      return t('symmetric logarithmic');
  }
}
