import { inkOn } from '../../draw/colormap';
import { colorOf, type ColorScale } from '../../draw/colorScale';
import { short } from '../../draw/format';
import { GRID_LINES_FROM, NUMBERS_FROM } from '../../draw/layout';
import type { PlaneArea } from '../../draw/planeGeometry';
import type { CellRectangle } from '../../draw/tiles';
import type { CanvasTheme } from './theme';

/** Width of a character of a monospaced font, in font sizes. */
const CHARACTER = 0.6;
/** Characters that tell small numbers apart: `.05`, and `−.05` where there are negative ones. */
const TELLING = { positive: 3, signed: 4 } as const;
/** Between the numbers of two cells, in CSS pixels: less, and they read as one. */
const GAP = 3;

/** A canvas on the page, or one for a file. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws the image of a tile, one pixel a block, over the cells it stands for. */
export function paintTile(
  context: Context,
  area: PlaneArea,
  tile: CellRectangle,
  block: number,
  image: CanvasImageSource,
): void {
  const edge = area.cell * block;
  // Only the part that is seen: a stretched image of a whole tile can be larger than what a browser draws exactly.
  const first = (from: number, seen: number): number => Math.max(0, Math.floor((seen - from) / block));
  const last = (from: number, count: number, seen: number): number =>
    Math.min(Math.ceil(count / block), Math.ceil((seen - from) / block));
  const left = first(tile.column, area.columns.start);
  const right = last(tile.column, tile.columns, area.columns.end);
  const top = first(tile.row, area.rows.start);
  const bottom = last(tile.row, tile.rows, area.rows.end);
  if (right <= left || bottom <= top) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(
    image,
    left,
    top,
    right - left,
    bottom - top,
    area.x + tile.column * area.cell + left * edge,
    area.y + tile.row * area.cell + top * edge,
    (right - left) * edge,
    (bottom - top) * edge,
  );
}

/**
 * Lines between cells where these are large enough, and gaps between groups.
 * @param groups periods of the groups along each axis, finest first
 */
export function paintLines(
  context: Context,
  area: PlaneArea,
  groups: { readonly rows: readonly number[]; readonly columns: readonly number[] },
  theme: CanvasTheme,
): void {
  const { x, y, cell, rows, columns } = area;
  const width = (columns.end - columns.start) * cell;
  const height = (rows.end - rows.start) * cell;
  const lines = (period: number, thickness: number, color: string, along: 'rows' | 'columns'): void => {
    context.fillStyle = color;
    const span = along === 'rows' ? rows : columns;
    for (let i = Math.ceil(Math.max(1, span.start) / period) * period; i < span.end; i += period) {
      if (along === 'rows')
        context.fillRect(x + columns.start * cell, y + i * cell - thickness / 2, width, thickness);
      else context.fillRect(x + i * cell - thickness / 2, y + rows.start * cell, thickness, height);
    }
  };
  for (const along of ['rows', 'columns'] as const) {
    // Grey shows on light and dark data alike.
    if (cell >= GRID_LINES_FROM) lines(1, 1, theme.highContrast ? '#808080aa' : '#80808050', along);
    groups[along].forEach((period, depth) => lines(period, 1.5 + depth, theme.background, along));
  }
}

/** A line around the values: those at the edges may be of the colour behind them. */
export function paintFrame(context: Context, { x, y, cell }: PlaneArea, rows: number, columns: number): void {
  context.strokeStyle = '#808080';
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, columns * cell + 1, rows * cell + 1);
}

/** Numbers in the cells if these are large enough. @param valueOf undefined where the value has not arrived */
export function paintNumbers(
  context: Context,
  area: PlaneArea,
  valueOf: (row: number, column: number) => number | undefined,
  scale: ColorScale,
  theme: CanvasTheme,
): void {
  const { x, y, cell, rows, columns } = area;
  if (cell < NUMBERS_FROM) return;
  const size = Math.min(12, Math.max(7.5, cell * 0.36));
  const room = Math.floor((cell - GAP) / (size * CHARACTER));
  if (room < (scale.domain.min < 0 ? TELLING.signed : TELLING.positive)) return;
  context.font = `${size}px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = rows.start; row < rows.end; row++) {
    for (let column = columns.start; column < columns.end; column++) {
      const value = valueOf(row, column);
      if (value === undefined) continue;
      context.fillStyle = inkOn(colorOf(scale, value));
      context.globalAlpha = value === 0 ? 0.45 : 1; // zeros are many and say little
      context.fillText(short(value, room), x + (column + 0.5) * cell, y + (row + 0.5) * cell);
    }
  }
  context.globalAlpha = 1;
}

/** Hatches cells that are not part of the data: padding. */
export function paintHatching(
  context: Context,
  area: PlaneArea,
  part: CellRectangle,
  theme: CanvasTheme,
): void {
  const { cell } = area;
  const x = area.x + part.column * cell;
  const y = area.y + part.row * cell;
  const width = part.columns * cell;
  const height = part.rows * cell;
  if (width <= 0 || height <= 0) return;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = theme.background;
  context.globalAlpha = 0.55;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  const distance = Math.max(4, Math.min(cell / 2, 8));
  // Diagonals of the whole plane, so that parts join.
  for (
    let from = Math.floor((x + y) / distance) * distance;
    from < x + y + width + height;
    from += distance
  ) {
    context.moveTo(from - y, y);
    context.lineTo(from - y - height, y + height);
  }
  context.stroke();
  context.restore();
}
