import { bytes, copyNumber, VECTOR } from './lanes';
import { NR } from './panels';
import { storeRow } from './storeRow';

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
    const extra = bias ? bias + i * bytes<T>() : 0;
    storeRow<T, P>(whole ? out : sums, v128.load(sums), v128.load(sums, VECTOR), extra);
    if (!whole)
      for (let j = 0; j < columns; j++) copyNumber<T, T>(out + j * bytes<T>(), sums + j * bytes<T>());
  }
}
