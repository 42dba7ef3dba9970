import { mapAt, type MapLayout, type MapSpans } from '../../draw/mapLayout';
import type { PlaneArea } from '../../draw/planeGeometry';
import type { Size } from './CanvasViewport';
import { CHARACTER, LINE, MARGIN, plate, prepare, type LabelRoom } from './labelPainter';
import { planeOf, type MapScene } from './mapScene';
import type { Context } from './planePainter';
import type { CanvasTheme } from './theme';

/** Pixels from a name to the map that it stands before. */
const BEFORE_MAP = 4;

/** Room for the names of a grid's rows and columns; none where each map has its name below. */
export function mapHeadRoom({ array, axes, gridAxes, perRow }: MapScene): LabelRoom {
  if (perRow === undefined) return { left: 0, top: 0 };
  const longest = axes[gridAxes[0]].label(array.shape[gridAxes[0]] - 1).length;
  return { left: Math.ceil(longest * CHARACTER + MARGIN), top: LINE + 2 };
}

/**
 * Names along the edges of a grid whose rows and columns are two axes; they stay while the maps scroll.
 * @param areaOf where a map lies on the canvas
 * @param seen the rows and columns of maps of which something is seen
 */
export function paintMapHeads(
  context: Context,
  scene: MapScene,
  layout: MapLayout,
  areaOf: (map: number) => PlaneArea,
  seen: MapSpans,
  { width, height }: Size,
  theme: CanvasTheme,
): void {
  if (scene.perRow === undefined || layout.count === 0) return;
  const { perRow, across, pitchX, pitchY } = layout;
  const { axes, gridAxes } = scene;
  const { left, top } = mapHeadRoom(scene);
  const [rowAxis, columnAxis] = gridAxes;
  const nameOf = (map: number, axis: number): string => axes[axis].label(planeOf(scene, map).index[axis]);

  plate(context, 0, 0, left, height, theme.background);
  prepare(context, theme.muted, theme);
  context.textAlign = 'right';
  const everyRow = Math.max(1, Math.ceil(LINE / pitchY));
  for (let column = 0; column < across; column += perRow) {
    for (let { start: row } = seen.rows; row < seen.rows.end; row++) {
      const map = row % everyRow > 0 ? undefined : mapAt(layout, { row, column });
      if (map === undefined) continue;
      const { x, y, cell, rows } = areaOf(map);
      // Before the first block they stay where they are, however far the maps are scrolled.
      context.fillText(
        nameOf(map, rowAxis),
        column === 0 ? left - 2 : x - BEFORE_MAP,
        y + (rows.end * cell) / 2,
      );
    }
  }

  plate(context, 0, 0, width, top, theme.background);
  prepare(context, theme.muted, theme);
  context.textAlign = 'center';
  const longest = nameOf(perRow - 1, columnAxis).length * CHARACTER + MARGIN;
  const everyColumn = Math.max(1, Math.ceil(longest / pitchX));
  for (let { start: column } = seen.columns; column < seen.columns.end; column++) {
    const map = (column % perRow) % everyColumn > 0 ? undefined : mapAt(layout, { row: 0, column });
    if (map === undefined) continue;
    const { x, cell, columns } = areaOf(map);
    const middle = x + (columns.end * cell) / 2;
    if (middle > left - 2) context.fillText(nameOf(map, columnAxis), middle, top / 2);
  }
}
