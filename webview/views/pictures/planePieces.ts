import { blockOf, type Span } from '../../draw/layout';
import type { PlaneArea, PlaneGeometry } from '../../draw/planeGeometry';
import { tileGrid, tilesIn, type CellRectangle } from '../../draw/tiles';
import type { Tile, TileRequest } from './arrayReader';
import { idOf, type Channels, type PictureArray, type Plane } from './picture';
import { exactAt, planeMatrix, planeRequest, valueAt, type TileMatrix } from './plane';

/** Rows and columns of a plane that are seen. */
export type SeenCells = Pick<PlaneArea, 'rows' | 'columns'>;

/** What is drawn of an array: one plane, or one for each of red, green and blue. */
export interface DrawnPlane {
  readonly array: PictureArray;
  readonly plane: Plane;
  readonly channels?: Channels;
}

/** A piece of what is seen. */
export interface PlanePiece {
  readonly rectangle: CellRectangle;
  readonly block: number;
  /** One, or one for each colour channel. */
  readonly requests: readonly TileRequest[];
}

/** A piece with its values: a matrix for each request. */
export interface ArrivedPiece extends PlanePiece {
  readonly matrices: readonly TileMatrix[];
}

/**
 * What has to be read for an area to be drawn, from its middle outwards: what lies there stays in view for longest.
 * @param margin further pixels around it, to be ready for scrolling
 */
export function piecesOf(
  drawn: DrawnPlane,
  { rows, columns, cell }: Pick<PlaneGeometry, 'rows' | 'columns' | 'cell'>,
  area: SeenCells,
  devicePixelRatio: number,
  margin = 0,
): PlanePiece[] {
  const { array, plane } = drawn;
  const isVector = plane.rowAxis === undefined || plane.columnAxis === undefined;
  const block = isVector ? 1 : blockOf(cell, devicePixelRatio);
  const extra = Math.ceil(margin / cell);
  const widened = ({ start, end }: Span, count: number): Span => ({
    start: Math.max(0, start - extra),
    end: Math.min(count, end + extra),
  });
  const rectangles = tilesIn(
    tileGrid(rows, columns, block),
    widened(area.rows, rows),
    widened(area.columns, columns),
  );
  const planes = planesOf(drawn);
  rectangles.sort((a, b) => fromMiddle(a, area) - fromMiddle(b, area));
  return rectangles.map(rectangle => ({
    rectangle,
    block,
    requests: planes.map(each => planeRequest(idOf(array), each, rectangle, block)),
  }));
}

/** The plane itself, or that of each colour channel. */
export function planesOf({ plane, channels }: Omit<DrawnPlane, 'array'>): Plane[] {
  if (!channels) return [plane];
  const { axis, positions } = channels;
  return positions.map(position => ({ ...plane, index: plane.index.with(axis, position) }));
}

/**
 * The pieces that have arrived. `isComplete` says whether these are all that is seen; the margin may lag.
 * @param tiles the answers to all pieces' requests, in their order
 */
export function withTiles(
  plane: Plane,
  area: SeenCells,
  pieces: readonly PlanePiece[],
  tiles: readonly (Tile | undefined)[],
): { arrived: ArrivedPiece[]; isComplete: boolean } {
  const arrived: ArrivedPiece[] = [];
  let isComplete = true;
  let next = 0;
  for (const piece of pieces) {
    const { rectangle, block, requests } = piece;
    const answers = tiles.slice(next, (next += requests.length)).filter(tile => tile !== undefined);
    if (answers.length === requests.length) {
      const matrices = answers.map(tile => planeMatrix(tile, plane, rectangle, block));
      arrived.push({ ...piece, matrices });
    } else if (isSeen(rectangle, area)) isComplete = false;
  }
  return { arrived, isComplete };
}

/** How far the middle of a rectangle lies from that of what is seen, in cells. */
function fromMiddle({ row, column, rows, columns }: CellRectangle, seen: SeenCells): number {
  const along = (from: number, count: number, { start, end }: Span): number =>
    Math.abs(from + count / 2 - (start + end) / 2);
  return Math.max(along(row, rows, seen.rows), along(column, columns, seen.columns));
}

function isSeen({ row, column, rows, columns }: CellRectangle, area: SeenCells): boolean {
  return (
    row < area.rows.end &&
    row + rows > area.rows.start &&
    column < area.columns.end &&
    column + columns > area.columns.start
  );
}

/** Finds the values of a cell, one for each channel, or nothing where they have not arrived. */
type CellValues<Value> = (row: number, column: number) => readonly Value[] | undefined;

/** The values of single cells in the pieces that have arrived, to draw them. */
export function valueReader(pieces: readonly ArrivedPiece[]): CellValues<number> {
  return cellReader(pieces, valueAt);
}

/** As {@link valueReader}, with the last digits of 64-bit integers, to write them. */
export function exactReader(pieces: readonly ArrivedPiece[]): CellValues<number | bigint> {
  return cellReader(pieces, exactAt);
}

function cellReader<Value>(
  pieces: readonly ArrivedPiece[],
  read: (matrix: TileMatrix, row: number, column: number) => Value,
): CellValues<Value> {
  let last: ArrivedPiece | undefined; // neighbours are mostly in the same piece
  return (row, column) => {
    if (!last || !holds(last, row, column)) last = pieces.find(piece => holds(piece, row, column));
    if (!last) return undefined;
    const { matrices, rectangle } = last;
    return matrices.map(matrix => read(matrix, row - rectangle.row, column - rectangle.column));
  };
}

function holds({ block, rectangle }: ArrivedPiece, row: number, column: number): boolean {
  return (
    block === 1 &&
    row >= rectangle.row &&
    column >= rectangle.column &&
    row < rectangle.row + rectangle.rows &&
    column < rectangle.column + rectangle.columns
  );
}
