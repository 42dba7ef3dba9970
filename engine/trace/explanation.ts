/** A cell of an array with its value. */
export interface Cell {
  readonly array: string;
  readonly index: readonly number[];
  readonly value: number;
}

/** One summand, or one candidate of a maximum: the product of its factors. */
export interface Term {
  /** One factor for a plain summand, two for a product; padding is a factor whose `array` is `pad` and whose index is empty. */
  readonly factors: readonly Cell[];
  readonly value: number;
  /** The same factors in the matrices of the step (a cell of col, a cell of colW), where the step has them. */
  readonly via?: readonly Cell[];
  /** Set on the one term a maximum took. */
  readonly winner?: true;
}

/**
 * How a cell got its value:
 * - `given`: it was read from a file, or chosen;
 * - `copy`: it is the cell in `terms[0]`, moved (im2col, reshape, transpose, pad, crop);
 * - `sum`: the terms' sum, plus `bias`;
 * - `mean`: the terms' sum divided by `divisor`;
 * - `max`: the largest term;
 * - `argMax`: the position in the window of the largest term;
 * - `count`: how many terms there are (taps that have landed on a pixel);
 * - `formula`: what `formula` makes of the terms, rounded once.
 */
export type Rule = 'given' | 'copy' | 'sum' | 'mean' | 'max' | 'argMax' | 'count' | 'formula';

/** The exact numbers one cell came from. */
export interface Explanation {
  readonly cell: Cell;
  readonly rule: Rule;
  /** At most {@link MAX_TERMS} of them; `termCount` says how many there are. */
  readonly terms: readonly Term[];
  readonly termCount: number;
  /** Sum of all terms, in the dtype of the computation, before bias or divisor. */
  readonly sum?: number;
  readonly bias?: Cell;
  readonly divisor?: number;
  /** For `formula`: how the terms are put together, with `{0}` for the first: `1 / (1 + {0})`. */
  readonly formula?: string;
}

/** More terms than anyone reads; a sum over a batch of 100 digits has 57,600. */
export const MAX_TERMS = 4096;
