import { bytes, copyNumber, lanes, roundLanes, splat, storeLanes, VECTOR } from './lanes';
import { NR } from './panels';

/**
 * Rounds a tile of sums to T, adds the bias, and stores the part of it that is in the result. The tile is used up.
 * @param outRow bytes from a row of the result to the next
 * @param bias what is added to each row, or 0 for nothing
 */
export function storeTile<T, P>(
  sums: usize,
  out: usize,
  outRow: i32,
  rows: i32,
  columns: i32,
  bias: usize,
): void {
  for (let i = 0; i < rows; i++, out += outRow, sums += 2 * VECTOR) {
    const whole = columns == NR<P>();
    const to = whole ? out : sums;
    let left = roundLanes<T, P>(v128.load(sums));
    let right = roundLanes<T, P>(v128.load(sums, VECTOR));
    if (bias) {
      const extra = splat<T, T>(bias + i * bytes<T>());
      left = v128.add<T>(left, extra);
      right = v128.add<T>(right, extra);
    }
    storeLanes<T, P>(to, left);
    storeLanes<T, P>(to + lanes<P>() * bytes<T>(), right);
    if (!whole)
      for (let j = 0; j < columns; j++) copyNumber<T, T>(out + j * bytes<T>(), sums + j * bytes<T>());
  }
}
