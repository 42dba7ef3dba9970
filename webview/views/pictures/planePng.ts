import { blockOf } from '../../draw/layout';
import { areaAt, type PlaneGeometry } from '../../draw/planeGeometry';
import type { ArrayReader } from './arrayReader';
import { paintScene, piecesOf, withTiles, type PlaneScene } from './planeScene';
import { themeAt } from './theme';

/** Longest side and number of pixels of a saved picture: what viewers open and files stay small with. */
const LONGEST_SIDE = 16_384;
const MOST_PIXELS = 32_000_000;

/** The whole plane as a PNG, in cells as they are on the screen or as small as the bounds require. */
export async function planePng(
  scene: PlaneScene,
  geometry: PlaneGeometry,
  reader: ArrayReader,
  element: Element,
): Promise<ArrayBuffer> {
  const { rows, columns, left, top } = geometry;
  const cell = boundedCell(geometry);
  const width = Math.ceil(left + columns * cell);
  const height = Math.ceil(top + rows * cell);
  const whole: PlaneGeometry = { ...geometry, cell, width, height };
  const area = areaAt(whole, { left: 0, top: 0 }, 1);
  const pieces = piecesOf(scene, whole, area, 1);
  const tiles = await Promise.all(pieces.map(({ request }) => reader.read(request)));
  return drawPng(width, height, context => {
    const theme = themeAt(element);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, height);
    paintScene(context, scene, whole, area, withTiles(scene, area, pieces, tiles).arrived, theme);
  });
}

function boundedCell({ rows, columns, cell }: PlaneGeometry): number {
  const bound = Math.min(
    cell,
    LONGEST_SIDE / Math.max(rows, columns),
    Math.sqrt(MOST_PIXELS / (rows * columns)),
  );
  return bound >= 1 ? Math.floor(bound) : 1 / blockOf(bound, 1);
}

/** A PNG of what is drawn. @throws Error if the browser has no memory for a canvas of that size */
export async function drawPng(
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): Promise<ArrayBuffer> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(`a picture of ${width} × ${height} pixels needs more memory than there is`);
  draw(context);
  return (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
}
