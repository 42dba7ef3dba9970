import { layOutMaps, type MapLayout, type MapLayoutOptions } from '../../draw/mapLayout';
import type { ArrayReader } from './arrayReader';
import type { LabelRoom } from './labelPainter';
import { paintMapHeads } from './mapHeads';
import { mapArea, mapPiece, paintMap, type MapScene } from './mapScene';
import { boundedCell, drawPng } from './png';
import { themeAt } from './theme';

/** All maps as a PNG, laid out as on the screen. */
export async function mapsPng(
  scene: MapScene,
  { cell, pitchX, contentWidth, contentHeight }: MapLayout,
  options: MapLayoutOptions,
  room: LabelRoom,
  reader: ArrayReader,
  element: Element,
): Promise<ArrayBuffer> {
  const bounded = boundedCell(cell, contentHeight / cell, contentWidth / cell);
  const layout = layOutMaps({ ...options, width: contentWidth + pitchX / 2 }, bounded);
  const pieces = Array.from({ length: layout.count }, (_, map) => mapPiece(scene, map, layout.cell, 1));
  const tiles = await Promise.all(
    pieces.map(({ requests }) => Promise.all(requests.map(request => reader.read(request)))),
  );
  const width = Math.ceil(room.left + layout.contentWidth + layout.pitchX / 4);
  const height = Math.ceil(room.top + layout.contentHeight);
  const areaOf = (map: number) => mapArea(layout, map, room, 0, 0);
  return drawPng(width, height, context => {
    const theme = themeAt(element);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, height);
    pieces.forEach(({ map, block, matrixIn }, i) => {
      const arrived = { map, block, matrices: tiles[i].map(matrixIn) };
      paintMap(context, scene, map, areaOf(map), arrived, theme);
    });
    paintMapHeads(
      context,
      scene,
      layout,
      areaOf,
      {
        rows: { start: 0, end: layout.down },
        columns: { start: 0, end: layout.across },
      },
      { width, height },
      theme,
    );
  });
}
