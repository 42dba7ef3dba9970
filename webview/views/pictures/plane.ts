import type { CellRectangle } from '../../draw/tiles';
import type { Tile, TileRequest } from './arrayReader';
import type { PlaneCell, PlaneSize } from './cursor';
import type { PictureArray, Plane } from './picture';

/** The plane a matrix picture shows unless told otherwise: the first two axes; a vector stands up. */
export function defaultPlane({ shape }: PictureArray): Plane {
  return shape.length < 2
    ? { rowAxis: shape.length === 1 ? 0 : undefined, index: shape.map(() => 0) }
    : { rowAxis: 0, columnAxis: 1, index: shape.map(() => 0) };
}

/** Rows and columns of a plane; none where another axis leaves the array without values. */
export function planeSize({ shape }: PictureArray, { rowAxis, columnAxis }: Plane): PlaneSize {
  if (shape.includes(0)) return { rows: 0, columns: 0 };
  return {
    rows: rowAxis === undefined ? 1 : shape[rowAxis],
    columns: columnAxis === undefined ? 1 : shape[columnAxis],
  };
}

/** Index in the array of a cell of its plane. */
export function indexOf({ rowAxis, columnAxis, index }: Plane, { row, column }: PlaneCell): number[] {
  const result = [...index];
  if (rowAxis !== undefined) result[rowAxis] = row;
  if (columnAxis !== undefined) result[columnAxis] = column;
  return result;
}

/** The cell of the plane at an index of the array; undefined if the index lies in another plane. */
export function cellOf(plane: Plane, index: readonly number[] | undefined): PlaneCell | undefined {
  const { rowAxis, columnAxis } = plane;
  const isHere = index?.every(
    (position, axis) => axis === rowAxis || axis === columnAxis || position === plane.index[axis],
  );
  if (!index || !isHere) return undefined;
  return {
    row: rowAxis === undefined ? 0 : index[rowAxis],
    column: columnAxis === undefined ? 0 : index[columnAxis],
  };
}

/**
 * The request for a tile of a plane. Planes of one row or column are always read cell by cell.
 * @param extremes whether the least and greatest value of each block are wanted, too
 */
export function planeRequest(
  array: string,
  plane: Plane,
  tile: CellRectangle,
  block: number,
  extremes = false,
): TileRequest {
  const { rowAxis, columnAxis, index } = plane;
  const { row, column, rows, columns } = tile;
  if (block > 1 && rowAxis !== undefined && columnAxis !== undefined) {
    const place = { index, rowAxis, columnAxis, rows: [row, rows], columns: [column, columns] } as const;
    return { array, ...place, block, extremes };
  }
  const region = index.map((start, axis) => {
    if (axis === rowAxis) return { start: row, count: rows, step: 1 };
    if (axis === columnAxis) return { start: column, count: columns, step: 1 };
    return { start, count: 1, step: 1 };
  });
  return { array, region };
}

/** A matrix of values inside those of a tile. */
export interface TileMatrix {
  readonly tile: Tile;
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The tile that answers {@link planeRequest} as a matrix; its elements are blocks of cells. */
export function planeMatrix(tile: Tile, plane: Plane, rectangle: CellRectangle, block: number): TileMatrix {
  const rows = Math.ceil(rectangle.rows / block);
  const columns = Math.ceil(rectangle.columns / block);
  // Blocks come row by row, a region in the order of the array's axes.
  const isTransposed = block === 1 && (plane.rowAxis ?? -1) > (plane.columnAxis ?? Infinity);
  return isTransposed
    ? { tile, rows, columns, offset: 0, rowStride: 1, columnStride: rows }
    : { tile, rows, columns, offset: 0, rowStride: columns, columnStride: 1 };
}

export function valueAt(matrix: TileMatrix, row: number, column: number): number {
  return matrix.tile.values[placeIn(matrix, row, column)];
}

/** As {@link valueAt}, with the last digits of a 64-bit integer: to be written, not to be computed with. */
export function exactAt(matrix: TileMatrix, row: number, column: number): number | bigint {
  return matrix.tile.digits?.[placeIn(matrix, row, column)] ?? valueAt(matrix, row, column);
}

function placeIn({ offset, rowStride, columnStride }: TileMatrix, row: number, column: number): number {
  return offset + row * rowStride + column * columnStride;
}
