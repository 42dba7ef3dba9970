import type { VNode } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { fittingCell, fittingSquare } from '../../draw/layout';
import {
  areaAt,
  cellAt,
  scrollKeeping,
  scrollShowing,
  spacerOf,
  type PlaneArea,
} from '../../draw/planeGeometry';
import type { CellRectangle } from '../../draw/tiles';
import { t } from '../../l10n';
import type { Frame, Point } from './CanvasViewport';
import { moved, type PlaneCell } from './cursor';
import { clipped, labelRoom, paintCellLabels } from './labelPainter';
import { cellOutline, linkedOutline, paintOutline, rectangleOutline } from './outlines';
import type { Channels, PictureProps, Plane } from './picture';
import { cellOf, indexOf, planeSize } from './plane';
import { PictureCanvas, usePictureParts, usePng } from './PictureCanvas';
import { exactReader, piecesOf, withTiles, type ArrivedPiece } from './planePieces';
import { planePng } from './planePng';
import { paintScene, paintScrolledScene, type Edges } from './planeScene';
import { useRegionSelection } from './regionSelection';
import { useCursor } from './useCursor';
import { useStable } from './useStable';
import { useZoom } from './useZoom';

export interface PlanePictureProps extends PictureProps {
  readonly plane: Plane;
  /** Cell at first: `whole` shows the whole plane, `width` all its columns, in cells of a comfortable size. */
  readonly fit: 'whole' | 'width';
  readonly padding?: Edges;
  /** Draws the array in its own colours instead of those of `scale`, whose domain goes from black to full light. */
  readonly channels?: Channels;
  /** The cells that are marked, and what marks others. */
  readonly region?: CellRectangle;
  onRegion?(region: CellRectangle | undefined): void;
}

interface Seen {
  readonly pieces: readonly ArrivedPiece[];
  readonly area?: PlaneArea;
}

/** Edges of a cell that are comfortable to look at in a long matrix, and in a vector of one row. */
const COMFORTABLE = { matrix: [4, 24], row: [24, 40] } as const;

/** An image is never thinner than this, however long it is. */
const LEAST_EDGE = 40;

/** Width of the line that ends a plane. */
const FRAME = 1;

/** Pixels around what is seen that are read ahead. */
const MARGIN = 300;

/** One plane of an array that scrolls and zooms. The matrix and the image are this with other beginnings. */
export function PlanePicture(props: PlanePictureProps): VNode {
  const { array, axes, reader, links, selected, reveal, fit, handle, region, onRegion } = props;
  const plane = useStable(props.plane);
  const scale = useStable(props.scale);
  const padding = useStable(props.padding);
  const channels = useStable(props.channels);
  const { rows, columns } = planeSize(array, plane);
  const parts = usePictureParts(reader);
  const { scroller, size, tiles, images } = parts;
  /** What the canvas shows; `area` is left out while some of it is missing. */
  const seen = useRef<Seen>({ pieces: [] });
  const keptPoint = useRef<{ point: Point; area: PlaneArea }>(undefined);

  const rowLabels = plane.rowAxis === undefined ? undefined : axes[plane.rowAxis];
  const columnLabels = plane.columnAxis === undefined ? undefined : axes[plane.columnAxis];
  const comfortable = COMFORTABLE[rows === 1 ? 'row' : 'matrix'];
  const room = labelRoom(rowLabels, columnLabels, size.width, columns * comfortable[1] + FRAME);
  const [across, down] = [size.width - room.left - FRAME, size.height - room.top - FRAME];
  const fitting =
    fit === 'whole'
      ? fittingSquare({ rows, columns }, across, down)
      : fittingCell(columns, across, devicePixelRatio);
  const [least, most] =
    fit === 'whole' ? [LEAST_EDGE / Math.max(1, Math.min(rows, columns)), Infinity] : comfortable;
  const initial = Math.min(most, Math.max(least, fitting));
  const zoom = useZoom(`${rows} ${columns}`, initial, fitting, around => {
    const point = around ?? { x: (room.left + size.width) / 2, y: (room.top + size.height) / 2 };
    keptPoint.current = { point, area: areaNow() };
  });
  const { cell } = zoom;
  const { left, top } = room;
  const { width, height } = size;
  const geometry = useMemo(
    () => ({ rows, columns, cell, left, top, width, height }),
    [rows, columns, cell, left, top, width, height],
  );
  const scene = useMemo(
    () => ({ array, plane, channels, rowLabels, columnLabels, scale, padding, images }),
    [array, plane, channels, rowLabels, columnLabels, scale, padding, images],
  );

  const scrolled = (): { left: number; top: number } => ({
    left: scroller.current?.scrollLeft ?? 0,
    top: scroller.current?.scrollTop ?? 0,
  });
  const areaNow = (): PlaneArea => areaAt(geometry, scrolled(), devicePixelRatio);

  const paint = useCallback(
    ({ context, scrollLeft, scrollTop, theme, onlyScrolled }: Frame) => {
      const area = areaAt(geometry, { left: scrollLeft, top: scrollTop }, devicePixelRatio);
      const pieces = piecesOf(scene, geometry, area, devicePixelRatio, MARGIN);
      const { arrived, isComplete } = withTiles(
        scene.plane,
        area,
        pieces,
        tiles.want(pieces.flatMap(piece => piece.requests)),
      );
      const what = [array.name, JSON.stringify(geometry), scrollLeft, scrollTop].join(' ');
      if (!parts.arrived(what, isComplete)) return;
      const before = seen.current.area;
      seen.current = { pieces: arrived, area: isComplete ? area : undefined };
      if (onlyScrolled && before) {
        paintScrolledScene(context, scene, geometry, before, area, arrived, theme);
      } else {
        context.clearRect(0, 0, width, height);
        paintScene(context, scene, geometry, area, arrived, theme);
      }
    },
    [scene, geometry, tiles, parts.arrivals],
  );

  const selectedCell = cellOf(plane, selected);
  const show = (target: PlaneCell): void =>
    scroller.current?.scrollTo(scrollShowing(geometry, target, scrolled()));
  const start = (): PlaneCell => selectedCell ?? firstOf(areaNow());
  const page = Math.max(1, Math.floor((height - top) / cell) - 1);
  const move = (event: KeyboardEvent, from: PlaneCell): PlaneCell | undefined =>
    moved(event, from, geometry, page);
  const cursor = useCursor<PlaneCell>({
    start,
    move,
    indexOf: target => indexOf(plane, target),
    show,
    choose: target => props.onPin(indexOf(plane, target)),
    onPoint: props.onPoint,
    zoom,
  });
  const { here } = cursor;
  const marking = useRegionSelection({
    region,
    onRegion: onRegion ?? (() => undefined),
    cursor,
    move,
    start,
  });

  const paintOverlay = useCallback(
    ({ context, theme }: Frame) => {
      const area = areaNow();
      context.clearRect(0, 0, width, height);
      clipped(context, left, top, width - left, height - top, () => {
        if (links)
          paintOutline(context, area, linkedOutline(array.name, plane, area, links), 'linked', theme);
        if (region) paintOutline(context, area, rectangleOutline(region), 'linked', theme);
        if (selectedCell) paintOutline(context, area, cellOutline(selectedCell), 'selected', theme);
        if (here?.byKeyboard) paintOutline(context, area, cellOutline(here.cell), 'cursor', theme);
      });
      const labelled = here?.cell ?? selectedCell;
      const labels = { rows: rowLabels, columns: columnLabels };
      if (labelled) paintCellLabels(context, geometry, area, labels, labelled, theme);
    },
    [scene, geometry, links, selectedCell?.row, selectedCell?.column, here, region],
  );

  // After a zoom what was under the pointer stays there; on a page of another size, what was first in view.
  useLayoutEffect(() => {
    const before = seen.current.area;
    const first = before && before.cell !== cell ? { point: { x: left, y: top }, area: before } : undefined;
    const kept = keptPoint.current ?? first;
    keptPoint.current = undefined;
    if (kept) scroller.current?.scrollTo(scrollKeeping(kept.point, kept.area, geometry));
  }, [geometry]);

  const revealed = cellOf(plane, reveal);
  useLayoutEffect(() => {
    if (revealed && width > 0) show(revealed);
  }, [revealed?.row, revealed?.column, width > 0]);

  usePng(handle, scroller, element => planePng(scene, geometry, reader, element));

  const shown = here ? indexOf(plane, here.cell) : selected;
  const shownCell = here?.cell ?? selectedCell;
  return (
    <PictureCanvas<PlaneCell>
      array={array}
      axes={axes}
      reader={reader}
      parts={parts}
      cursor={onRegion ? { ...cursor, keyDown: marking.keyDown } : cursor}
      zoom={zoom}
      index={shown}
      values={shownCell && exactReader(seen.current.pieces)(shownCell.row, shownCell.column)}
      channels={channels}
      spacer={spacerOf(geometry)}
      paint={paint}
      paintOverlay={links || region || selectedCell || here ? paintOverlay : undefined}
      label={t(
        '{0}, {1} rows, {2} columns. Arrow keys move, Enter pins, + and − zoom.',
        array.name,
        rows,
        columns,
      )}
      cellAt={point => cellAt(geometry, areaNow(), point)}
      onDrag={onRegion && marking.onDrag}
    />
  );
}

function firstOf({ rows, columns }: PlaneArea): PlaneCell {
  return { row: rows.start, column: columns.start };
}
