import { bytes, copyNumber, fused, lanes, loadLanes, VECTOR } from './lanes';

/*
 * Packing: the microkernel reads its operands from micropanels, in which the numbers lie in the order it needs them: MR
 * rows of A or NR columns of B for the first k, then those for the next k, and so on (Van Zee & Van de Geijn, "BLIS",
 * 2015). Numbers past the end of the operand are 0.
 *
 * Where a number of an operand lies is the sum of two offsets, one for k and one for the row or column (Matthews,
 * "High-performance tensor contraction without transposition", 2018). Matrices, transposed matrices and the windows of
 * a convolution, of which no matrix is ever built, are all packed in this way.
 */

/**
 * Rows of a micropanel of A. With them as many sums fit into the 16 registers of the machine as with its operands; where
 * products and sums are two instructions, the products need registers too.
 */
export function MR<T>(): i32 {
  return fused<T>() ? 6 : 4;
}

/** Columns of a micropanel of B. */
export function NR<P>(): i32 {
  return 2 * lanes<P>();
}

/** How many panels of `width` hold `count` rows or columns. */
export function panelsOf(count: i32, width: i32): i32 {
  return (count + width - 1) / width;
}

/**
 * Packs one micropanel of NR columns.
 * @param from the operand, of type T
 * @param depths k offsets in bytes, one for each k
 * @param columns offsets in bytes of the columns
 * @param count how many columns there are, NR at most
 */
export function packColumns<T, P>(
  to: usize,
  from: usize,
  depths: usize,
  k: i32,
  columns: usize,
  count: i32,
): void {
  const breaks = count == NR<P>() ? breaksIn<T>(columns, count) : -1;
  if (breaks == 0) packPiece<T, P>(to, from + load<i32>(columns), depths, k);
  else packAny<T, P>(to, from, depths, k, columns, count, NR<P>());
}

/** Packs one micropanel of MR rows; parameters as of {@link packColumns}. */
export function packRows<T, P>(to: usize, from: usize, depths: usize, k: i32, rows: usize, count: i32): void {
  packAny<T, P>(to, from, depths, k, rows, count, MR<T>());
}

/** How often one of `count` numbers does not lie right behind the one before it. */
function breaksIn<T>(offsets: usize, count: i32): i32 {
  let breaks = 0;
  for (let i = 1; i < count; i++)
    if (load<i32>(offsets + 4 * i) - load<i32>(offsets + 4 * (i - 1)) != bytes<T>()) breaks++;
  return breaks;
}

/** NR columns that lie in one piece. */
function packPiece<T, P>(to: usize, from: usize, depths: usize, k: i32): void {
  const end = depths + 4 * k;
  for (; depths < end; depths += 4, to += 2 * VECTOR) {
    const at = from + load<i32>(depths);
    v128.store(to, loadLanes<T, P>(at));
    v128.store(to, loadLanes<T, P>(at + lanes<P>() * bytes<T>()), VECTOR);
  }
}

/** Rows or columns that lie anywhere. */
function packAny<T, P>(
  to: usize,
  from: usize,
  depths: usize,
  k: i32,
  offsets: usize,
  count: i32,
  width: i32,
): void {
  const step = width * bytes<P>();
  if (count < width) memory.fill(to, 0, k * step);
  for (let lane = 0; lane < count; lane++) {
    const start = from + load<i32>(offsets + 4 * lane);
    let cell = to + lane * bytes<P>();
    for (let i = 0; i < k; i++, cell += step) copyNumber<T, P>(cell, start + load<i32>(depths + 4 * i));
  }
}
