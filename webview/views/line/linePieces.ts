import type { Region } from '../../../engine';
import type { Span } from '../../draw/layout';
import type { Tile, TileRequest } from '../pictures/arrayReader';
import { idOf, type PictureArray } from '../pictures/picture';

/** One axis of an array, the others held. */
export interface DrawnLine {
  readonly array: PictureArray;
  readonly axis: number;
  /** A position on every axis; that of the drawn one does not count. */
  readonly index: readonly number[];
}

/** A part of a line: what is asked for it, and where it begins. */
export interface LinePiece {
  readonly start: number;
  readonly count: number;
  /** Elements that one pair of extremes stands for. */
  readonly block: number;
  readonly request: TileRequest;
}

/** A piece with its values. */
export interface ArrivedLine extends LinePiece {
  readonly tile: Tile;
}

/** Blocks that are read at a time. */
const PIECE_BLOCKS = 2048;

/** What has to be read for the elements of `seen`, in blocks that a power of two of them share. */
export function linePieces({ array, axis, index }: DrawnLine, seen: Span, block: number): LinePiece[] {
  const extent = array.shape[axis];
  const length = PIECE_BLOCKS * block;
  const pieces: LinePiece[] = [];
  for (let start = seen.start - (seen.start % length); start < seen.end; start += length) {
    const count = Math.min(length, extent - start);
    pieces.push({ start, count, block, request: requestOf(array, axis, index, { start, count }, block) });
  }
  return pieces;
}

function requestOf(
  array: PictureArray,
  axis: number,
  index: readonly number[],
  { start, count }: { readonly start: number; readonly count: number },
  block: number,
): TileRequest {
  if (block > 1) {
    const columns: readonly [number, number] = [start, count];
    return { array: idOf(array), index, columnAxis: axis, rows: [0, 1], columns, block, extremes: true };
  }
  const region: Region = index.map((position, at) =>
    at === axis ? { start, count, step: 1 } : { start: position, count: 1, step: 1 },
  );
  return { array: idOf(array), region };
}

/** The value of an element, where it has arrived by itself. */
export function lineValue(pieces: readonly ArrivedLine[], position: number): number | undefined {
  const piece = pieces.find(
    ({ start, count, block }) => block === 1 && position >= start && position < start + count,
  );
  return piece?.tile.values[position - piece.start];
}

/** Calls `visit` for each block of the pieces that touches `seen`, with its first element and its extremes. */
export function visitBlocks(
  pieces: readonly ArrivedLine[],
  seen: Span,
  visit: (position: number, min: number, max: number) => void,
): void {
  for (const { start, count, block, tile } of pieces) {
    const { values, extremes } = tile;
    const blocks = Math.ceil(count / block);
    const first = Math.max(0, Math.floor((seen.start - start) / block));
    const last = Math.min(blocks, Math.ceil((seen.end - start) / block));
    for (let i = first; i < last; i++) {
      const [min, max] = extremes ? [extremes[i], extremes[blocks + i]] : [values[i], values[i]];
      visit(start + i * block, min, max);
    }
  }
}
