import type { Span } from './layout';

/** Values of a tile: enough that few requests fill a screen, few enough that each is answered at once. */
const VALUES = 65_536;

/** Values side by side at most: long runs of a row are read faster than short ones of many rows. */
const ACROSS = 1024;

/** A plane cut into tiles, read in squares of `block` cells. All sizes are in cells. */
export interface TileGrid {
  readonly rows: number;
  readonly columns: number;
  readonly block: number;
  readonly tileRows: number;
  readonly tileColumns: number;
}

/** A rectangle of cells. */
export interface CellRectangle {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Tiles as wide as the plane where it is narrow, and tall then, so that all hold about as many values. */
export function tileGrid(rows: number, columns: number, block: number): TileGrid {
  const across = Math.min(Math.ceil(columns / block), ACROSS);
  const down = Math.max(1, 2 ** Math.floor(Math.log2(VALUES / Math.max(1, across))));
  return { rows, columns, block, tileRows: down * block, tileColumns: across * block };
}

/** The tiles that the given rows and columns touch. */
export function tilesIn(grid: TileGrid, rows: Span, columns: Span): CellRectangle[] {
  const tiles: CellRectangle[] = [];
  const { tileRows, tileColumns } = grid;
  for (let row = floorTo(rows.start, tileRows); row < rows.end; row += tileRows) {
    for (let column = floorTo(columns.start, tileColumns); column < columns.end; column += tileColumns) {
      tiles.push({
        row,
        column,
        rows: Math.min(tileRows, grid.rows - row),
        columns: Math.min(tileColumns, grid.columns - column),
      });
    }
  }
  return tiles;
}

function floorTo(value: number, multiple: number): number {
  return value - (value % multiple);
}
