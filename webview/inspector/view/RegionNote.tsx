import type { VNode } from 'preact';
import { formatShape, sliceShape, type Slice } from '../../../engine';
import { Button } from '../../controls';
import { t } from '../../l10n';
import { sliceName, type ShownArray } from './shownArray';

export interface RegionNoteProps {
  readonly shown: ShownArray;
  readonly region: Slice;
  onShow: () => void;
  onClear: () => void;
}

/** The marked region as an expression, and what can be done with it. */
export function RegionNote({ shown: { whole }, region, onShow, onClear }: RegionNoteProps): VNode {
  return (
    <p class="region-note" role="status">
      <span>{t('Region')}</span>
      <code>
        {sliceName(whole.name, region, whole.shape)} {formatShape(sliceShape(region))}
      </code>
      <Button onClick={onShow}>{t('Show only this')}</Button>
      <Button onClick={onClear}>{t('Clear')}</Button>
    </p>
  );
}
