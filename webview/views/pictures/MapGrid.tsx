import type { VNode } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { contentOffset, offsetShowing, scrollPosition, spacerLength } from '../../draw/layout';
import {
  fitMaps,
  layOutMaps,
  mapCellAt,
  mapCorner,
  mapsIn,
  visibleMaps,
  type MapCell,
  type MapSpans,
} from '../../draw/mapLayout';
import { t } from '../../l10n';
import type { Frame, Point } from './CanvasViewport';
import { movedInMap, movedOverMaps, nearestInMap } from './mapCursor';
import { mapHeadRoom, paintMapHeads } from './mapHeads';
import { mapsPng } from './mapsPng';
import {
  captionHeight,
  captionsOf,
  mapArea,
  mapCount,
  mapOf,
  mapPiece,
  paintMap,
  planeOf,
  type ArrivedMap,
  type MapScene,
} from './mapScene';
import { cellOutline, linkedOutline, paintOutline, rectangleOutline } from './outlines';
import type { MarkedRegion, PictureProps } from './picture';
import { PictureCanvas, usePictureParts, usePng } from './PictureCanvas';
import { exactAt, indexOf } from './plane';
import { useRegionSelection } from './regionSelection';
import { useCursor } from './useCursor';
import { useStable } from './useStable';
import { useZoom } from './useZoom';

export interface MapGridProps
  extends
    PictureProps,
    Pick<MapScene, 'rowAxis' | 'columnAxis' | 'gridAxes' | 'channels' | 'index' | 'rangePerMap' | 'perRow'> {
  /** A map was clicked, or chosen with Enter: the index of the cell that was chosen. */
  onEnlarge?(index: readonly number[]): void;
  /** The cells of one map that are marked, and what marks others. */
  readonly region?: MarkedRegion;
  onRegion?(region: MarkedRegion | undefined): void;
}

/** Cells of all maps together that may be asked, for an outline, whether they are linked. */
const MOST_ASKED = 50_000;

/** Many small planes of an array, side by side. */
export function MapGrid(props: MapGridProps): VNode {
  const { array, axes, reader, links, selected, reveal, rowAxis, columnAxis, handle } = props;
  const { region, onRegion } = props;
  const choice = useStable({
    rowAxis,
    columnAxis,
    gridAxes: props.gridAxes,
    channels: props.channels,
    index: props.index,
    scale: props.scale,
    rangePerMap: props.rangePerMap,
    perRow: props.perRow,
  });
  const parts = usePictureParts(reader);
  const { scroller, size, tiles, images } = parts;
  const drawn = useRef<ReadonlyMap<number, ArrivedMap>>(new Map());

  const scene = useMemo(() => ({ ...choice, array, axes, images }), [choice, array, axes, images]);
  const rows = array.shape[rowAxis];
  const columns = array.shape[columnAxis];
  const count = mapCount(scene);
  const room = mapHeadRoom(scene);
  const width = Math.max(0, size.width - room.left);
  const height = Math.max(0, size.height - room.top);
  const caption = captionHeight(scene);
  const { perRow } = scene;
  const heads = room.left;
  const options = { count, rows, columns, width, height, caption, heads, devicePixelRatio, perRow };
  const fitted = fitMaps(options);
  const zoom = useZoom(`${count} ${rows} ${columns}`, fitted.cell, fitted.cell);
  const layout = useMemo(
    () => layOutMaps(options, zoom.cell),
    [zoom.cell, count, rows, columns, width, height, heads, perRow],
  );
  const vertical = { content: layout.contentHeight, viewport: height };

  const offsetNow = (): number => contentOffset(vertical, scroller.current?.scrollTop ?? 0);
  const areaNow = (map: number) => mapArea(layout, map, room, scroller.current?.scrollLeft ?? 0, offsetNow());
  const seenNow = (): MapSpans =>
    visibleMaps(layout, { left: scroller.current?.scrollLeft ?? 0, top: offsetNow() }, { width, height });
  const cellAtPoint = ({ x, y }: Point): MapCell | undefined =>
    x < room.left || y < room.top
      ? undefined
      : mapCellAt(layout, x - room.left + (scroller.current?.scrollLeft ?? 0), y - room.top + offsetNow());
  const indexOfCell = (cell: MapCell): number[] => indexOf(planeOf(scene, cell.map), cell);
  const cellOfIndex = (index: readonly number[] | undefined): MapCell | undefined => {
    const map = index && mapOf(scene, index);
    return index && map !== undefined ? { map, row: index[rowAxis], column: index[columnAxis] } : undefined;
  };

  const paint = useCallback(
    ({ context, devicePixelRatio, scrollLeft, scrollTop, theme }: Frame) => {
      const seen = seenNow();
      const pieces = mapsIn(layout, seen).map(map => mapPiece(scene, map, layout.cell, devicePixelRatio));
      const read = tiles.want(pieces.flatMap(({ requests }) => requests));
      const maps = new Map<number, ArrivedMap>();
      let next = 0;
      for (const { map, block, requests, matrixIn } of pieces) {
        const answers = read.slice(next, (next += requests.length)).filter(tile => tile !== undefined);
        if (answers.length === requests.length)
          maps.set(map, { map, block, matrices: answers.map(matrixIn) });
      }
      const what = [array.name, JSON.stringify(layout), scrollLeft, scrollTop].join(' ');
      if (!parts.arrived(what, maps.size === pieces.length)) return;
      drawn.current = maps;
      context.clearRect(0, 0, size.width, size.height);
      for (const { map } of pieces) paintMap(context, scene, map, areaNow(map), maps.get(map), theme);
      paintMapHeads(context, scene, layout, areaNow, seen, size, theme);
    },
    [scene, layout, tiles, parts.arrivals],
  );

  const selectedCell = cellOfIndex(selected);
  const show = ({ map, row }: MapCell): void => {
    const { pitchY, cell } = layout;
    const { x, y } = mapCorner(layout, map);
    const edge = pitchY > height ? cell : pitchY; // of a map that is higher than the viewport, show the row
    const start = pitchY > height ? y + row * cell : y;
    const wanted = offsetShowing(start / edge, edge, offsetNow(), height);
    if (wanted !== offsetNow()) scroller.current?.scrollTo({ top: scrollPosition(vertical, wanted) });
    const across = columns * cell;
    const scrollLeft = scroller.current?.scrollLeft ?? 0;
    const left = offsetShowing(x / across, across, scrollLeft, width);
    if (left !== scrollLeft) scroller.current?.scrollTo({ left });
  };
  const start = (): MapCell => selectedCell ?? { map: mapsIn(layout, seenNow())[0] ?? 0, row: 0, column: 0 };
  const cursor = useCursor<MapCell>({
    start,
    move: (event, from) => movedOverMaps(event, from, layout),
    indexOf: indexOfCell,
    show,
    choose(cell, how) {
      const index = indexOfCell(cell);
      props.onPin(index);
      if (how !== 'Space') props.onEnlarge?.(index);
    },
    onPoint: props.onPoint,
    zoom,
  });
  const { here } = cursor;
  const marking = useRegionSelection<MapCell>({
    region,
    onRegion: (cells, corner) =>
      onRegion?.(cells && corner && { ...cells, index: planeOf(scene, corner.map).index }),
    cursor,
    move: (event, from) => movedInMap(event, from, layout),
    start,
  });

  const paintOverlay = useCallback(
    ({ context, theme }: Frame) => {
      context.clearRect(0, 0, size.width, size.height);
      if (links?.includes(array.name)) {
        const seen = mapsIn(layout, seenNow());
        const asked = MOST_ASKED / Math.max(1, seen.length);
        for (const map of seen) {
          const area = areaNow(map);
          const outline = linkedOutline(array.name, planeOf(scene, map), area, links, asked);
          paintOutline(context, area, outline, 'linked', theme);
        }
      }
      const markedMap = region?.index && mapOf(scene, region.index);
      if (region && markedMap !== undefined)
        paintOutline(context, areaNow(markedMap), rectangleOutline(region), 'linked', theme);
      if (selectedCell) {
        const area = areaNow(selectedCell.map);
        paintOutline(context, area, rectangleOutline({ row: 0, column: 0, rows, columns }), 'linked', theme);
        paintOutline(context, area, cellOutline(selectedCell), 'selected', theme);
      }
      if (here?.byKeyboard)
        paintOutline(context, areaNow(here.cell.map), cellOutline(here.cell), 'cursor', theme);
    },
    [scene, layout, links, selected?.join(), here, region],
  );

  const revealed = cellOfIndex(reveal);
  useLayoutEffect(() => {
    if (revealed && width > 0) show(revealed);
  }, [revealed?.map, width > 0]);

  usePng(handle, scroller, element => mapsPng(scene, layout, options, room, reader, element));

  const shown = here?.cell ?? selectedCell;
  const shownMap = shown && drawn.current.get(shown.map);
  return (
    <PictureCanvas<MapCell>
      array={array}
      axes={axes}
      reader={reader}
      parts={parts}
      cursor={onRegion ? { ...cursor, keyDown: marking.keyDown } : cursor}
      zoom={zoom}
      index={shown && indexOfCell(shown)}
      values={
        shown && shownMap?.block === 1
          ? shownMap.matrices.map(matrix => exactAt(matrix, shown.row, shown.column))
          : undefined
      }
      channels={choice.channels}
      spacer={{
        width: room.left + layout.contentWidth,
        height: room.top + spacerLength(vertical),
      }}
      paint={paint}
      paintOverlay={links || region || selectedCell || here ? paintOverlay : undefined}
      label={t(
        '{0}, {1} maps of {2} by {3}, from {4} to {5}. Arrow keys move, Page Up and Page Down go from row to row, Enter enlarges, + and − zoom.',
        array.name,
        count,
        rows,
        columns,
        captionsOf(scene, 0)[0],
        captionsOf(scene, count - 1)[0],
      )}
      cellAt={cellAtPoint}
      onDrag={onRegion && ((from, to) => marking.onDrag(from, nearestInMap(from.map, to, layout)))}
    />
  );
}
