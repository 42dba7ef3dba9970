import type { AttributeValue, OpenShape, StopReason } from '../../engine';
import { t } from '../l10n';

/** `(N, 1, 28, 28)` without spaces: `(N,1,28,28)`; of one axis `(10,)`. */
export function shapeText(shape: OpenShape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

/** An attribute's value as it is spoken of: `2`, `(2,1)`, `true`. */
export function valueText(value: AttributeValue): string {
  return typeof value === 'object' ? shapeText(value) : String(value);
}

/** Why the session stands where it does; nothing where a step or a click has brought it there. */
export function reasonText(reason: StopReason): string | undefined {
  switch (reason) {
    case 'entry':
    case 'step':
    case 'goto':
      return undefined;
    case 'pause':
      return t('Paused');
    case 'breakpoint':
      return t('Paused on a breakpoint');
    case 'function breakpoint':
      return t('Paused on a function breakpoint');
    case 'data breakpoint':
      return t('Paused on a data breakpoint');
    case 'exception':
      return t('Paused on an exception');
    case 'end':
      return t('It ran to the end');
    case 'start':
      return t('Back at the start');
  }
}
