import type { ComponentChildren, RefObject, VNode } from 'preact';
import { useEffect, useImperativeHandle, useMemo, useState } from 'preact/hooks';
import { sizeOf } from '../../../engine';
import { Button, ZoomControl, type ZoomControlProps } from '../../controls';
import { t } from '../../l10n';
import type { ArrayReader, TileView } from './arrayReader';
import type { PictureProps } from './picture';
import { Readout, type ReadoutProps } from './Readout';

/** Whether all that is seen of a picture has its values. */
export type PictureState = 'waiting' | 'painted' | 'failed';

export interface PictureFrameProps extends ReadoutProps {
  readonly state: PictureState;
  readonly tiles: TileView;
  readonly zoom: ZoomControlProps;
  /** The viewport. */
  readonly children: ComponentChildren;
}

/** What all pictures have around them: the line that says what is where, the zoom, and the states without a picture. */
export function PictureFrame(props: PictureFrameProps): VNode {
  const { array, state, tiles, zoom, children } = props;
  const isEmpty = sizeOf(array.shape) === 0;
  return (
    <div
      class="picture"
      data-role={array.role}
      data-array={array.name}
      data-state={isEmpty ? 'painted' : state}
    >
      {children}
      {isEmpty && (
        <p class="picture-note">{t('{0} holds no values: an axis has the extent 0.', array.name)}</p>
      )}
      {state === 'failed' && (
        <div class="picture-note" role="alert">
          <p>{t('{0} cannot be read: {1}', array.name, tiles.failure()?.message ?? '')}</p>
          <Button onClick={() => tiles.retry()}>{t('Try again')}</Button>
        </div>
      )}
      <div class="picture-footer">
        <Readout {...props} />
        <ZoomControl {...zoom} />
      </div>
    </div>
  );
}

/** A view on the reader that lives as long as the picture. `arrivals` changes whenever there is something new to draw. */
export function useTiles(reader: ArrayReader): { tiles: TileView; arrivals: number } {
  const [arrivals, setArrivals] = useState(0);
  const tiles = useMemo(() => reader.view(() => setArrivals(count => count + 1)), [reader]);
  useEffect(() => () => tiles.dispose(), [tiles]);
  return { tiles, arrivals };
}

/** Offers the picture as a PNG to whoever holds the handle. */
export function usePng(
  handle: PictureProps['handle'],
  element: RefObject<Element | null>,
  toPng: (element: Element) => Promise<ArrayBuffer>,
): void {
  useImperativeHandle(handle ?? null, () => ({
    toPng: () =>
      element.current ? toPng(element.current) : Promise.reject(new Error('the picture is not on the page')),
  }));
}
