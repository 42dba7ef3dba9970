import type { LayerInfo } from '../../../engine';
import { t } from '../../l10n';

/** Whether a layer moves windows over its input. */
export function isWindowed({ kind }: LayerInfo): boolean {
  return kind === 'convolution' || kind === 'maxPooling' || kind === 'averagePooling';
}

/** What a layer is, in a word or two. */
export function kindName({ kind }: LayerInfo): string {
  switch (kind) {
    case 'convolution':
      return 'conv';
    case 'maxPooling':
      return t('max pool');
    case 'averagePooling':
      return t('average pool');
    case 'relu':
      return 'ReLU';
    case 'leakyrelu':
      return 'leaky ReLU';
    case 'batchnorm':
      return 'batch norm';
    case 'softmaxWithLoss':
      return t('softmax with loss');
    default:
      return kind; // the name that it has in Python, too
  }
}
