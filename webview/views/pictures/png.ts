import { blockOf } from '../../draw/layout';

/** Longest side and number of pixels of a saved picture: what viewers open and files stay small with. */
const LONGEST_SIDE = 16_384;
const MOST_PIXELS = 32_000_000;

/** Smaller cells than this are made larger where there is room: a file is looked at closely. */
const SMALLEST_SAVED_CELL = 4;

/** The edge of a cell with which a picture of so many cells stays in bounds; `wanted` if that does. */
export function boundedCell(wanted: number, rows: number, columns: number): number {
  const bound = Math.min(
    Math.max(wanted, SMALLEST_SAVED_CELL),
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
