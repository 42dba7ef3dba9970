import { layOutMaps, type MapLayout, type MapLayoutOptions } from '../../draw/mapLayout';
import type { ArrayReader } from './arrayReader';
import { mapArea, mapPiece, paintMap, type MapScene } from './mapScene';
import { boundedCell, drawPng } from './png';
import { themeAt } from './theme';

/** All maps as a PNG, laid out as on the screen. */
export async function mapsPng(
  scene: MapScene,
  { cell, perRow, pitchX, contentHeight }: MapLayout,
  options: MapLayoutOptions,
  reader: ArrayReader,
  element: Element,
): Promise<ArrayBuffer> {
  const bounded = boundedCell(cell, contentHeight / cell, (perRow * pitchX) / cell);
  const layout = layOutMaps({ ...options, width: perRow * pitchX + pitchX / 2 }, bounded);
  const pieces = Array.from({ length: layout.count }, (_, map) => mapPiece(scene, map, layout.cell, 1));
  const tiles = await Promise.all(pieces.map(({ request }) => reader.read(request)));
  const width = Math.ceil(layout.perRow * layout.pitchX + layout.pitchX / 4);
  return drawPng(width, Math.ceil(layout.contentHeight), context => {
    const theme = themeAt(element);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, layout.contentHeight);
    pieces.forEach(({ map, block, matrixIn }, i) => {
      const arrived = { map, block, matrix: matrixIn(tiles[i]) };
      paintMap(context, scene, map, mapArea(layout, map, 0, 0), arrived, theme);
    });
  });
}
