/** Of int32. */
const BYTES = 4;
const LANES = 4;

/**
 * Stores the columns of a matrix of int32 as rows: to[column][row] = from[row][column].
 * @param fromStep bytes from a row to the next, and `toStep` of what is stored
 */
export function transpose(from: usize, fromStep: i32, rows: i32, columns: i32, to: usize, toStep: i32): void {
  if (rows < LANES || columns < LANES) {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        store<i32>(to + column * toStep + row * BYTES, load<i32>(from + row * fromStep + column * BYTES));
    return;
  }
  // The last vectors overlap those before.
  for (let i = 0; i < rows; i += LANES) {
    const row = min(i, rows - LANES);
    for (let j = 0; j < columns; j += LANES) {
      const column = min(j, columns - LANES);
      transposeVectors(
        from + row * fromStep + column * BYTES,
        fromStep,
        to + column * toStep + row * BYTES,
        toStep,
      );
    }
  }
}

/** Four rows of four. */
function transposeVectors(from: usize, fromStep: i32, to: usize, toStep: i32): void {
  const row0 = v128.load(from);
  const row1 = v128.load(from + fromStep);
  const row2 = v128.load(from + 2 * fromStep);
  const row3 = v128.load(from + 3 * fromStep);
  const left01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
  const left23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
  const right01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
  const right23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i32>(left01, left23, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<i32>(left01, left23, 2, 3, 6, 7));
  v128.store(to + 2 * toStep, v128.shuffle<i32>(right01, right23, 0, 1, 4, 5));
  v128.store(to + 3 * toStep, v128.shuffle<i32>(right01, right23, 2, 3, 6, 7));
}
