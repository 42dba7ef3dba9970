import type { VNode } from 'preact';
import { formatShape } from '../../../engine';
import { Button } from '../../controls';
import { t } from '../../l10n';
import type { ShownPart } from './shownPart';

export interface RegionNoteProps {
  readonly region: ShownPart;
  onShow: () => void;
  onClear: () => void;
}

/** The marked region as an expression, and what can be done with it. */
export function RegionNote({ region: { name, shape }, onShow, onClear }: RegionNoteProps): VNode {
  return (
    <p class="region-note" role="status">
      <span>{t('Region')}</span>
      <code>
        {name} {formatShape(shape)}
      </code>
      <Button onClick={onShow}>{t('Show only this')}</Button>
      <Button onClick={onClear}>{t('Clear')}</Button>
    </p>
  );
}
