import { areaAt, type PlaneGeometry } from '../../draw/planeGeometry';
import type { ArrayReader } from './arrayReader';
import { piecesOf, withTiles } from './planePieces';
import { paintScene, type PlaneScene } from './planeScene';
import { boundedCell, drawPng } from './png';
import { themeAt } from './theme';

/** The whole plane as a PNG, in cells as they are on the screen or as small as the bounds require. */
export async function planePng(
  scene: PlaneScene,
  geometry: PlaneGeometry,
  reader: ArrayReader,
  element: Element,
): Promise<ArrayBuffer> {
  const { rows, columns, left, top } = geometry;
  const cell = boundedCell(geometry.cell, rows, columns);
  const width = Math.ceil(left + columns * cell);
  const height = Math.ceil(top + rows * cell);
  const whole: PlaneGeometry = { ...geometry, cell, width, height };
  const area = areaAt(whole, { left: 0, top: 0 }, 1);
  const pieces = piecesOf(scene, whole, area, 1);
  const tiles = await Promise.all(
    pieces.flatMap(({ requests }) => requests).map(request => reader.read(request)),
  );
  return drawPng(width, height, context => {
    const theme = themeAt(element);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, height);
    paintScene(context, scene, whole, area, withTiles(scene.plane, area, pieces, tiles).arrived, theme);
  });
}
