/** What is found in some values at once. */
export interface ValuesTally {
  readonly min: number;
  readonly max: number;
  /** Not finite where a value is not; the others mean nothing then. */
  readonly sum: number;
  readonly zeros: number;
}

/** Where the values of a histogram belong: v in bin (v · unit − low) · binsPerUnit, rounded towards 0. */
export interface BinScale {
  readonly unit: number;
  readonly low: number;
  readonly binsPerUnit: number;
}

/** Rows of values: where the first begins, how far each is from the one before, how many, and how long. */
export interface ValueRows {
  readonly start: number;
  readonly step: number;
  readonly rows: number;
  readonly width: number;
}

/** Faster loops over float32 values than those of plain JavaScript, which do the same. */
export interface ValueLoops {
  /** Values that are taken at a time, at most; their number is a multiple of 4. */
  readonly most: number;
  tally(values: Float32Array): ValuesTally;
  /**
   * Counts values in `counts`, one bin more than the histogram has for what lies on its upper end.
   * @returns the sum of the squares of their distances from the mean
   */
  spread(values: Float32Array, mean: number, scale: BinScale, counts: Float64Array): number;
  /** Columns that {@link blocks} takes at a time, at most; and `most` values. */
  readonly mostColumns: number;
  /**
   * Least and greatest value and sum of each `block` columns of some rows. Where the sum is not a number, the others mean
   * nothing.
   * @returns three numbers for each, good until the next call
   */
  blocks(values: Float32Array, rows: ValueRows, block: number): Float64Array;
}

let chosen: ValueLoops | undefined;

/** The loops that this thread has; none until it has been given some. */
export function valueLoops(): ValueLoops | undefined {
  return chosen;
}

export function useValueLoops(loops: ValueLoops | undefined): void {
  chosen = loops;
}
