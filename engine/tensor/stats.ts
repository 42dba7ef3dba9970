/** What is worth knowing about the values of an array. Minimum, maximum, mean, std and histogram are over the finite values. */
export interface Stats {
  /** All elements, finite or not. */
  readonly count: number;
  /** Least finite value; NaN if there is none (likewise max, mean, std). */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation, as NumPy's default. */
  readonly std: number;
  readonly zeros: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** Equal bins from min to max, the last one closed. One bin if all finite values are equal, none if there are none. */
  readonly histogram: readonly number[];
}
