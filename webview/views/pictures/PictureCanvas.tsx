import type { RefObject, VNode } from 'preact';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'preact/hooks';
import { sizeOf } from '../../../engine';
import { Button, ZoomControl } from '../../controls';
import { t } from '../../l10n';
import type { ArrayReader, TileView } from './arrayReader';
import {
  CanvasViewport,
  useClientSize,
  type CanvasViewportProps,
  type Point,
  type Size,
} from './CanvasViewport';
import { createMatrixImages, type MatrixImages } from './matrixImages';
import type { PictureProps } from './picture';
import { Readout, type ReadoutProps } from './Readout';
import type { Cursor } from './useCursor';
import type { Zoom } from './useZoom';

/** Whether all that is seen of a picture has its values. */
export type PictureState = 'waiting' | 'painted' | 'failed';

/** What a picture is drawn with. */
export interface PictureParts {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly size: Size;
  readonly tiles: TileView;
  /** Changes whenever there is something new to draw. */
  readonly arrivals: number;
  readonly images: MatrixImages;
  readonly state: PictureState;
  /**
   * Says what of a picture is there, before it is drawn.
   * @param what tells pictures of the same thing at the same place from others
   * @returns whether to draw it: the next plane of the same array takes the place of this one only when it is
   *   complete, and if it cannot be read, what was read before stays
   */
  arrived(what: string, isComplete: boolean): boolean;
}

export function usePictureParts(reader: ArrayReader): PictureParts {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useClientSize(scroller);
  const { tiles, arrivals } = useTiles(reader);
  const images = useMemo(createMatrixImages, []);
  const [state, setState] = useState<PictureState>('waiting');
  const complete = useRef('');
  const arrived = (what: string, isComplete: boolean): boolean => {
    setState(isComplete ? 'painted' : tiles.failure() ? 'failed' : 'waiting');
    if (!isComplete && complete.current === what) return false;
    complete.current = isComplete ? what : '';
    return true;
  };
  return { scroller, size, tiles, arrivals, images, state, arrived };
}

/** A view on the reader that lives as long as the picture. */
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

export interface PictureCanvasProps<Cell>
  extends
    Omit<ReadoutProps, 'spoken'>,
    Pick<CanvasViewportProps, 'spacer' | 'paint' | 'paintOverlay' | 'label'> {
  readonly parts: PictureParts;
  readonly cursor: Cursor<Cell>;
  readonly zoom: Zoom;
  cellAt(point: Point): Cell | undefined;
  /** A drag with Shift held, from cell to cell. */
  onDrag?(from: Cell, to: Cell): void;
}

/** A picture with all it has around it: the line that says what is where, the zoom, and the states without a picture. */
export function PictureCanvas<Cell>(props: PictureCanvasProps<Cell>): VNode {
  const { array, parts, cursor, zoom, cellAt, onDrag } = props;
  const { scroller, size, tiles, state } = parts;
  const sampled = tiles.sampled();
  const isEmpty = sizeOf(array.shape) === 0;
  const drag = (from: Point, to: Point): void => {
    const [first, last] = [cellAt(from), cellAt(to)];
    if (first !== undefined && last !== undefined) onDrag?.(first, last);
  };
  return (
    <div
      class="picture"
      data-role={array.role}
      data-array={array.name}
      data-state={isEmpty ? 'painted' : state}
    >
      <CanvasViewport
        scroller={scroller}
        size={size}
        spacer={props.spacer}
        paint={props.paint}
        paintOverlay={props.paintOverlay}
        label={props.label}
        onPoint={point => cursor.point(point && cellAt(point))}
        onClick={point => cursor.click(cellAt(point))}
        onDrag={onDrag && drag}
        onKeyDown={cursor.keyDown}
        onFocus={cursor.focus}
        onBlur={cursor.blur}
        onZoom={zoom.by}
      />
      {isEmpty && (
        <p class="picture-note">{t('{0} holds no values: an axis has the extent 0.', array.name)}</p>
      )}
      {state === 'failed' && !isEmpty && <Failure name={array.name} tiles={tiles} />}
      <div class="picture-footer">
        <Readout {...props} spoken={cursor.here?.byKeyboard ?? false} />
        {sampled !== undefined && (
          <span class="picture-sampled" title={t('Zoom in to see every value.')}>
            {t('Sampled: 1 row in {0} was read', sampled)}
          </span>
        )}
        <ZoomControl {...zoom.control} />
      </div>
    </div>
  );
}

/** Why something of a picture is missing; what is there stays in view. */
export function Failure({ name, tiles }: { name: string; tiles: TileView }): VNode {
  return (
    <div class="picture-failure" role="alert">
      <p>{t('{0} cannot be read: {1}', name, tiles.failure()?.message ?? '')}</p>
      <Button onClick={() => tiles.retry()}>{t('Try again')}</Button>
    </div>
  );
}
