import type { LazyTensor } from '../../tensor';

/** Another position for each position; `k` is the term of a sum, 0 elsewhere. */
export type Move = (position: number, k: number) => number;

/** The numbers of an array in C order. */
export interface Cells {
  at(position: number): number;
  /** Puts the numbers from `start` on into a block: many at a time are had much faster than one by one. */
  fill(block: Float64Array, start: number): void;
  /**
   * For each position the number at another one.
   * @param run how many positions, from each multiple of it on, have the same number
   */
  moved(move: Move, run: number): Cells;
}

/**
 * Computes a block of numbers from blocks of one to three operands.
 * @param start position of the first number
 */
export type BlockFormula = (
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  start: number,
) => void;

/** The numbers of a tensor, once it is there. */
export async function tensorCells(tensor: LazyTensor, signal?: AbortSignal): Promise<Cells> {
  const values = (await tensor.get(signal)).numbers();
  const cells: Cells = {
    at: position => values[position],
    fill: (block, start) => block.set(values.subarray(start, start + block.length)),
    moved: (move, run) => movedCells(cells, move, run),
  };
  return cells;
}

/**
 * What a formula makes of one to three operands.
 * @param isRounded whether to float32
 */
export function formulaCells(formula: BlockFormula, operands: readonly Cells[], isRounded: boolean): Cells {
  const blocksOf = (length: number): Float64Array[] => operands.map(() => new Float64Array(length));
  const compute = (block: Float64Array, [a, b = a, c = a]: readonly Float64Array[], start: number): void => {
    formula(block, a, b, c, start); // a formula of fewer operands does not look at the others
    if (isRounded) for (let i = 0; i < block.length; i++) block[i] = Math.fround(block[i]);
  };
  // Memory that is used again and again: a block at a time is needed, and there may be thousands.
  const one = new Float64Array(1);
  const ones = blocksOf(1);
  let blocks = blocksOf(0);
  const cells: Cells = {
    at(position) {
      for (let i = 0; i < operands.length; i++) ones[i][0] = operands[i].at(position);
      compute(one, ones, position);
      return one[0];
    },
    fill(block, start) {
      if (blocks[0].length !== block.length) blocks = blocksOf(block.length);
      for (let i = 0; i < operands.length; i++) operands[i].fill(blocks[i], start);
      compute(block, blocks, start);
    },
    moved: (move, run) => movedCells(cells, move, run),
  };
  return cells;
}

function movedCells(cells: Cells, move: Move, run: number): Cells {
  const at = (position: number): number => cells.at(move(position, 0));
  return {
    at,
    fill(block, start) {
      if (run === 1) {
        for (let i = 0; i < block.length; i++) block[i] = at(start + i);
        return;
      }
      for (let i = 0; i < block.length;) {
        const end = i + run - ((start + i) % run);
        block.fill(at(start + i), i, end);
        i = end;
      }
    },
    moved: (next, nextRun) => movedCells(cells, (position, k) => move(next(position, k), k), nextRun),
  };
}
