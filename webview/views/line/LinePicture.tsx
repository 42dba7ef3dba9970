import type { VNode } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { isFloat } from '../../../engine';
import { blockOf } from '../../draw/layout';
import { areaAt, scrollKeeping, scrollShowing, spacerOf, type PlaneArea } from '../../draw/planeGeometry';
import type { CellRectangle } from '../../draw/tiles';
import { t } from '../../l10n';
import type { Frame, Point } from '../pictures/CanvasViewport';
import { moved, type PlaneCell } from '../pictures/cursor';
import type { PictureProps } from '../pictures/picture';
import { PictureCanvas, usePictureParts, usePng } from '../pictures/PictureCanvas';
import { planeSize } from '../pictures/plane';
import { drawPng } from '../pictures/png';
import { useRegionSelection } from '../pictures/regionSelection';
import { themeAt } from '../pictures/theme';
import { useCursor } from '../pictures/useCursor';
import { useStable } from '../pictures/useStable';
import { useZoom } from '../pictures/useZoom';
import { lineRoom, paintLineCursor, paintLineScene } from './linePainter';
import { linePieces, lineValue, type ArrivedLine } from './linePieces';
import { lineScale } from './lineScale';

export interface LinePictureProps extends Omit<PictureProps, 'links' | 'reveal'> {
  /** The axis that runs to the right; all others are held at `index`. */
  readonly axis: number;
  readonly index: readonly number[];
  /** The positions that are marked, as columns, and what marks others. */
  readonly region?: CellRectangle;
  onRegion: (region: CellRectangle | undefined) => void;
}

const TOP = 4;
/** Size of a saved plot. */
const SAVED = { width: 1600, height: 480 };

/** Values along one axis as a line; where several share a pixel, from the least of them to the greatest. */
export function LinePicture(props: LinePictureProps): VNode {
  const { array, axes, reader, axis, selected, handle, region, onRegion } = props;
  const index = useStable(props.index);
  const colors = useStable(props.scale);
  const { columns: count } = planeSize(array, { columnAxis: axis, index });
  const parts = usePictureParts(reader);
  const { scroller, size, tiles } = parts;
  const seen = useRef<readonly ArrivedLine[]>([]);
  const keptPoint = useRef<{ point: Point; area: PlaneArea }>(undefined);

  const line = useMemo(() => ({ array, axis, index }), [array, axis, index]);
  const scene = useMemo(
    () => ({ labels: axes[axis], scale: lineScale(colors, !isFloat(array.dtype)) }),
    [axes, axis, colors, array.dtype],
  );
  const { width, height } = size;
  const left = lineRoom(scene.scale, height);
  const fitting = Math.max(1, width - left) / Math.max(1, count);
  const zoom = useZoom(
    `${count}`,
    fitting,
    fitting,
    around => {
      const point = around ?? { x: (left + width) / 2, y: height / 2 };
      keptPoint.current = { point, area: areaNow() };
    },
    'doubling',
  );
  const { cell } = zoom;
  const geometry = useMemo(
    () => ({ rows: 1, columns: count, cell, left, top: TOP, width, height }),
    [count, cell, left, width, height],
  );
  const scrolled = () => ({ left: scroller.current?.scrollLeft ?? 0, top: 0 });
  const areaNow = (): PlaneArea => areaAt(geometry, scrolled(), devicePixelRatio);

  const paint = useCallback(
    ({ context, theme, scrollLeft }: Frame) => {
      const area = areaNow();
      const pieces = linePieces(line, area.columns, blockOf(cell, devicePixelRatio));
      const read = tiles.want(pieces.map(({ request }) => request));
      const arrived = pieces.flatMap((piece, i) => {
        const tile = read[i];
        return tile ? [{ ...piece, tile }] : [];
      });
      const what = [array.name, JSON.stringify(geometry), scrollLeft].join(' ');
      if (!parts.arrived(what, arrived.length === pieces.length)) return;
      seen.current = arrived;
      context.clearRect(0, 0, width, height);
      paintLineScene(context, scene, geometry, area, arrived, theme);
    },
    [scene, line, geometry, tiles, parts.arrivals],
  );

  const start = (): PlaneCell => ({ row: 0, column: selected?.[axis] ?? areaNow().columns.start });
  const page = Math.max(1, areaNow().columns.end - areaNow().columns.start - 1);
  const move = (event: KeyboardEvent, from: PlaneCell): PlaneCell | undefined =>
    moveAlong(event, from, count, page);
  const indexOf = ({ column }: PlaneCell): number[] => index.with(axis, column);
  const cursor = useCursor<PlaneCell>({
    start,
    move,
    indexOf,
    show: target => scroller.current?.scrollTo({ left: scrollShowing(geometry, target, scrolled()).left }),
    choose: target => props.onPin(indexOf(target)),
    onPoint: props.onPoint,
    zoom,
  });
  const marking = useRegionSelection({ region, onRegion, cursor, move, start });
  const shown = cursor.here?.cell.column ?? selected?.[axis];
  const value = shown === undefined ? undefined : lineValue(seen.current, shown);

  const paintOverlay = useCallback(
    ({ context, theme }: Frame) => {
      const area = areaNow();
      context.clearRect(0, 0, width, height);
      if (region) {
        context.fillStyle = '#80808050';
        context.fillRect(
          area.x + region.column * cell,
          TOP,
          Math.max(1, region.columns * cell),
          height - 2 * TOP,
        );
      }
      if (shown !== undefined) paintLineCursor(context, scene, geometry, area, shown, value, theme);
    },
    [scene, geometry, region, shown, value],
  );

  useLayoutEffect(() => {
    const kept = keptPoint.current;
    keptPoint.current = undefined;
    if (kept) scroller.current?.scrollTo({ left: scrollKeeping(kept.point, kept.area, geometry).left });
  }, [geometry]);

  usePng(handle, scroller, async element => {
    const whole = { ...geometry, ...SAVED, cell: (SAVED.width - left) / Math.max(1, count) };
    const area = areaAt(whole, { left: 0, top: 0 }, 1);
    const pieces = linePieces(line, area.columns, blockOf(whole.cell, 1));
    const read = await Promise.all(
      pieces.map(async piece => ({ ...piece, tile: await reader.read(piece.request) })),
    );
    return drawPng(SAVED.width, SAVED.height, context => {
      const theme = themeAt(element);
      context.fillStyle = theme.background;
      context.fillRect(0, 0, SAVED.width, SAVED.height);
      paintLineScene(context, scene, whole, area, read, theme);
    });
  });

  const columnAt = ({ x }: Point): PlaneCell | undefined => {
    const column = Math.floor((x - areaNow().x) / cell);
    return x >= left && column >= 0 && column < count ? { row: 0, column } : undefined;
  };
  return (
    <PictureCanvas<PlaneCell>
      array={array}
      axes={axes}
      reader={reader}
      parts={parts}
      cursor={{ ...cursor, keyDown: marking.keyDown }}
      zoom={zoom}
      index={shown === undefined ? undefined : index.with(axis, shown)}
      values={value === undefined ? undefined : [value]}
      spacer={{ width: spacerOf(geometry).width, height: 1 }}
      paint={paint}
      paintOverlay={region || shown !== undefined ? paintOverlay : undefined}
      label={t(
        'Line of {0}, {1} values. Arrow keys move, Shift and arrow keys mark, + and − zoom.',
        array.name,
        count,
      )}
      cellAt={columnAt}
      onDrag={marking.onDrag}
    />
  );
}

/** PageUp and PageDown go along the line, too: it has one row only. */
function moveAlong(
  event: KeyboardEvent,
  from: PlaneCell,
  count: number,
  page: number,
): PlaneCell | undefined {
  const by = { PageUp: -page, PageDown: page }[event.key];
  if (by !== undefined) return { row: 0, column: Math.max(0, Math.min(count - 1, from.column + by)) };
  return moved(event, from, { rows: 1, columns: count }, page);
}
