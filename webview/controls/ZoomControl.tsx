import type { VNode } from 'preact';
import { t } from '../l10n';
import { IconButton } from './toolkit';

export interface ZoomControlProps {
  /** CSS pixels a cell takes. */
  readonly cell: number;
  readonly canZoomIn: boolean;
  readonly canZoomOut: boolean;
  onZoomIn(): void;
  onZoomOut(): void;
  onFit(): void;
}

/** − 16 px + ⤢ */
export function ZoomControl(props: ZoomControlProps): VNode {
  const { cell, canZoomIn, canZoomOut, onZoomIn, onZoomOut, onFit } = props;
  const perPixel = Math.round(1 / cell);
  const size = perPixel > 1 ? `1/${perPixel}` : String(Math.round(cell * 10) / 10);
  return (
    <span class="zoom-control" role="group" aria-label={t('Zoom')}>
      <IconButton icon="−" label={t('Zoom out')} disabled={!canZoomOut} onClick={onZoomOut} />
      <span class="zoom-control-size" title={t('Pixels per cell')}>
        {size} px
      </span>
      <IconButton icon="+" label={t('Zoom in')} disabled={!canZoomIn} onClick={onZoomIn} />
      <IconButton icon="⤢" label={t('Fit')} onClick={onFit} />
    </span>
  );
}
