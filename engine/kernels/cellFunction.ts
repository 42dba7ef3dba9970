/**
 * A function of one or two numbers at the same position, in some of them with factors that many positions share. What a
 * layer has an array of is rounded to the type that is computed in, as are the results.
 */
export type CellFunction =
  /** through where x is not at most 0 (so a NaN goes through), 0 elsewhere: of through and x */
  | 'rectify'
  /** through where x is not at most 0, slope · through elsewhere: of through and x; slope */
  | 'rectifyLeakily'
  /** 1 / (1 + exp(−x)): of x */
  | 'sigmoid'
  /** dout · (1 − out) · out: of dout and out */
  | 'sigmoidGradient'
  /** of x */
  | 'tanh'
  /** dout · (1 − out²): of dout and out */
  | 'tanhGradient'
  /** x · factor: of x; factor */
  | 'scale'
  /** (x − mean) / deviation: of x; mean, deviation */
  | 'standardise'
  /** gamma · (x − mean) / deviation + beta: of x; mean, deviation, gamma, beta */
  | 'normalise'
  /** dout · gamma / deviation: of dout; gamma, deviation */
  | 'normaliseGradient'
  /** exp(x − max): of x; max */
  | 'expBelow'
  /** x / divisor: of x; divisor */
  | 'divide'
  /** out · (dout − dsum): of dout and out; dsum */
  | 'softmaxGradient';

/** The factors of a function. */
export interface Factors {
  /** How many positions after one another have the same ones; Infinity where all have. After the last ones, the first follow again. */
  readonly run: number;
  /** All that the first factor may be, then all that the second may be … */
  readonly values: readonly ArrayLike<number>[];
}
