import { compactShape, type AttributeValue, type StopReason } from '../../engine';
import { t } from '../l10n';

/** An attribute's value as it is spoken of: `2`, `(2,1)`, `true`. */
export function valueText(value: AttributeValue): string {
  return typeof value === 'object' ? compactShape(value) : String(value);
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
