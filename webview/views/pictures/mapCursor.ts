import { mapAt, mapPlace, type MapCell, type MapLayout } from '../../draw/mapLayout';
import { moved } from './cursor';

/** Moves over the maps as if they were one large plane; there is no cell after the last map. */
export function movedOverMaps(event: KeyboardEvent, from: MapCell, layout: MapLayout): MapCell | undefined {
  const { rows, columns, across, down, count } = layout;
  const place = mapPlace(layout, from.map);
  const to = moved(
    event,
    { row: place.row * rows + from.row, column: place.column * columns + from.column },
    { rows: down * rows, columns: across * columns },
    rows,
  );
  if (!to) return undefined;
  const row = to.row % rows;
  const map = mapAt(layout, { row: Math.floor(to.row / rows), column: Math.floor(to.column / columns) });
  return map === undefined
    ? { map: count - 1, row, column: columns - 1 }
    : { map, row, column: to.column % columns };
}

/** Moves over the cells of one map. */
export function movedInMap(event: KeyboardEvent, from: MapCell, layout: MapLayout): MapCell | undefined {
  const to = moved(event, from, layout, layout.rows);
  return to && { ...to, map: from.map };
}

/** The cell of a map that is nearest to one of any map. */
export function nearestInMap(map: number, { map: other, row, column }: MapCell, layout: MapLayout): MapCell {
  const [here, there] = [mapPlace(layout, map), mapPlace(layout, other)];
  const near = (distance: number, at: number, extent: number): number =>
    distance === 0 ? at : distance < 0 ? 0 : extent - 1;
  return {
    map,
    row: near(there.row - here.row, row, layout.rows),
    column: near(there.column - here.column, column, layout.columns),
  };
}
