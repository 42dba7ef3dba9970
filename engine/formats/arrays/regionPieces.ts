import { stridesOf, type Region, type Shape } from '../../tensor';

/**
 * How elements of one width lie in a file. All lengths are in one unit, a byte or a bit, counted from the first element
 * on.
 */
export interface Grid {
  readonly shape: Shape;
  /** From one position of each axis to the next, ≥ 0: 0 repeats the same elements, less than the width overlaps. */
  readonly strides: readonly number[];
  /** What an element takes. */
  readonly width: number;
}

/** One axis of a region. */
export interface PieceAxis {
  readonly count: number;
  /** Units from one wanted position to the next; negative if the region runs backwards. */
  readonly from: number;
  /** Elements of the result from one position to the next. */
  readonly to: number;
}

/** A run of the file that is read at once, and where its wanted elements go. */
export interface Piece {
  /** Where the run begins and how long it is, in units. */
  readonly first: number;
  readonly length: number;
  /** Where the first wanted element lies inside the run (in units), and in the result (in elements). */
  readonly fromStart: number;
  readonly toStart: number;
  /** From the slowest to the fastest in the file; at least one. */
  readonly axes: readonly PieceAxis[];
}

/** Bytes read at once: enough to make the cost of a request small, few enough to stay responsive. */
const MAX_PIECE = 2 ** 23;

/** Bytes between two wanted ones that are cheaper to read along than to skip by another request. */
const MAX_GAP = 2 ** 16;

/**
 * The runs that together hold all elements of `region` (which is not empty and inside the shape).
 * @param unitsPerByte 1 if the grid's lengths are bytes, 8 if they are bits
 */
export function* regionPieces(grid: Grid, region: Region, unitsPerByte: 1 | 8): Generator<Piece> {
  const maxPiece = MAX_PIECE * unitsPerByte;
  const maxGap = MAX_GAP * unitsPerByte;
  const axes = pieceAxes(grid, region);
  const origin = region.reduce((sum, { start }, axis) => sum + start * grid.strides[axis], 0);
  // From the first to the last wanted element over the axes from `axis` on, both included.
  const span = (axis: number): number =>
    axes.slice(axis).reduce((sum, { count, from }) => sum + (count - 1) * Math.abs(from), grid.width);

  // The axes after `split` are read through; along `split` as many positions as make a piece.
  let split = axes.length - 1;
  const gap = (axis: number): number => Math.abs(axes[axis].from) - span(axis + 1);
  while (split > 0 && gap(split) <= maxGap && span(split) <= maxPiece) split--;
  const inner = span(split + 1);
  const { count, from: step, to: toStep } = axes[split];
  const fitting = step === 0 ? count : Math.floor((maxPiece - inner) / Math.abs(step)) + 1;
  const perPiece = gap(split) <= maxGap ? Math.max(1, Math.min(count, fitting)) : 1;

  for (const outer of positions(axes.slice(0, split))) {
    for (let done = 0; done < count; done += perPiece) {
      const taken = [{ ...axes[split], count: Math.min(perPiece, count - done) }, ...axes.slice(split + 1)];
      const start = origin + outer.from + done * step;
      // Axes that run backwards reach below the first element.
      const below = taken.reduce((sum, axis) => sum + Math.max(0, -axis.from) * (axis.count - 1), 0);
      yield {
        first: start - below,
        length: inner + (taken[0].count - 1) * Math.abs(step),
        fromStart: below,
        toStart: outer.to + done * toStep,
        axes: taken,
      };
    }
  }
}

/** Calls `visit` for each row of wanted elements along the fastest axis of a piece, with its beginning. */
export function eachRow(
  { axes, fromStart, toStart }: Piece,
  visit: (from: number, to: number, row: PieceAxis) => void,
): void {
  const last = axes.length - 1;
  const walk = (axis: number, from: number, to: number): void => {
    if (axis === last) {
      visit(from, to, axes[last]);
      return;
    }
    const { count, from: step, to: toStep } = axes[axis];
    for (let i = 0; i < count; i++) walk(axis + 1, from + i * step, to + i * toStep);
  };
  walk(0, fromStart, toStart);
}

/** The axes of `region` with more than one position, from the slowest to the fastest in the file. */
function pieceAxes({ strides }: Grid, region: Region): PieceAxis[] {
  const resultStrides = stridesOf(region.map(range => range.count));
  const slowestFirst = region
    .map(({ count, step }, axis) => ({ count, from: step * strides[axis], to: resultStrides[axis] }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => Math.abs(b.from) - Math.abs(a.from));
  const axes: PieceAxis[] = [];
  for (const axis of slowestFirst) {
    const outer = axes.at(-1);
    // Two axes that follow on from each other are one longer axis: a whole array in C order is a single run.
    if (outer?.from === axis.from * axis.count && outer.to === axis.to * axis.count) {
      axes[axes.length - 1] = { ...axis, count: outer.count * axis.count };
    } else {
      axes.push(axis);
    }
  }
  // A single element is an axis of one position.
  return axes.length > 0 ? axes : [{ count: 1, from: 0, to: 1 }];
}

/** Where the combinations of positions of `axes` lie, relative to the first, in the file and in the result. */
function* positions(axes: readonly PieceAxis[]): Generator<{ from: number; to: number }> {
  if (axes.length === 0) {
    yield { from: 0, to: 0 };
    return;
  }
  const [{ count, from, to }, ...rest] = axes;
  for (let i = 0; i < count; i++) {
    for (const inner of positions(rest)) yield { from: i * from + inner.from, to: i * to + inner.to };
  }
}
