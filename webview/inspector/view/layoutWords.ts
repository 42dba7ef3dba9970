import { t } from '../../l10n';
import { isPictureChannels } from './shapeReading';
import type { ShownArray } from './shownArray';

/** What the shape of an array is taken for, so that nothing is assumed silently. */
export function layoutWords({ reading, whole }: ShownArray): string {
  switch (reading.layout) {
    case 'filters':
      return t('filters (FN, C, FH, FW)');
    case 'filtersLast':
      return t('filters (FH, FW, C, FN), as Keras stores them');
    case 'images':
      return isPictureChannels(whole.shape[1]) ? t('images (N, C, H, W)') : t('feature maps (N, C, H, W)');
    case 'imagesLast':
      return t('images (N, H, W, C)');
    case 'image':
      return t('image (C, H, W)');
    case 'imageLast':
      return t('image (H, W, C)');
    case 'stack':
      return t('images (N, H, W)');
    case 'plain':
      return '';
  }
}
