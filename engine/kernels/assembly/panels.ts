import { bytes, copyNumber, firstLanes, fused, lanes, loadLanes, VECTOR } from './lanes';
import { isPiece, transposeFour, transposeTwo } from './transposing';

/*
 * Packing: the microkernel reads its operands from micropanels, in which the numbers lie in the order it needs them: MR
 * rows of A or NR columns of B for the first k, then those for the next k, and so on (Van Zee & Van de Geijn, "BLIS",
 * 2015).
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
  else if (breaks == 1) packTwoPieces<T, P>(to, from, depths, k, columns);
  else packAny<T, P>(to, from, depths, k, columns, count, NR<P>());
}

/** Packs one micropanel of MR rows; parameters as of {@link packColumns}. */
export function packRows<T, P>(to: usize, from: usize, depths: usize, k: i32, rows: usize, count: i32): void {
  const breaks = count == MR<T>() ? breaksIn<T>(rows, count) : -1;
  if (breaks == 0) packRowPiece<T, P>(to, from + load<i32>(rows), depths, k);
  else packAny<T, P>(to, from, depths, k, rows, count, MR<T>());
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

/** NR columns that lie in two pieces, as windows at the end of a row of a map and at the start of the next one. */
function packTwoPieces<T, P>(to: usize, from: usize, depths: usize, k: i32, columns: usize): void {
  let first = 1;
  while (load<i32>(columns + 4 * first) - load<i32>(columns + 4 * (first - 1)) == bytes<T>()) first++;
  const a = from + load<i32>(columns);
  const b = from + load<i32>(columns + 4 * first) - first * bytes<T>();
  const isA0 = firstLanes<P>(first);
  const isA1 = firstLanes<P>(first - lanes<P>());
  const end = depths + 4 * k;
  for (; depths < end; depths += 4, to += 2 * VECTOR) {
    const at = load<i32>(depths);
    const next = at + lanes<P>() * bytes<T>();
    v128.store(to, v128.bitselect(loadLanes<T, P>(a + at), loadLanes<T, P>(b + at), isA0));
    v128.store(to, v128.bitselect(loadLanes<T, P>(a + next), loadLanes<T, P>(b + next), isA1), VECTOR);
  }
}

/** MR rows that lie in one piece. */
function packRowPiece<T, P>(to: usize, from: usize, depths: usize, k: i32): void {
  const end = depths + 4 * k;
  for (; depths < end; depths += 4, to += MR<T>() * bytes<P>()) {
    const at = from + load<i32>(depths);
    v128.store(to, loadLanes<T, P>(at));
    if (lanes<P>() == 2) v128.store(to, loadLanes<T, P>(at + 2 * bytes<T>()), VECTOR);
    if (MR<T>() == 6) {
      const rest = loadLanes<T, P>(at + 4 * bytes<T>());
      if (lanes<P>() == 2) v128.store(to, rest, 2 * VECTOR);
      else v128.store64_lane(to, rest, 0, VECTOR);
    }
  }
}

/**
 * Rows or columns that lie anywhere: a vector of k at a time where these lie in one piece. Those past the end are the last
 * one once more.
 */
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
  const r0 = from + offsetOf(offsets, 0, count);
  const r1 = from + offsetOf(offsets, 1, count);
  const r2 = from + offsetOf(offsets, 2, count);
  const r3 = from + offsetOf(offsets, 3, count);
  const r4 = from + offsetOf(offsets, 4, count);
  const r5 = from + offsetOf(offsets, 5, count);
  const r6 = from + offsetOf(offsets, 6, count);
  const r7 = from + offsetOf(offsets, 7, count);
  const behind = to + 4 * bytes<P>();
  let i = 0;
  while (i < k) {
    const at = load<i32>(depths + 4 * i);
    const cell = i * step;
    if (i <= k - lanes<T>() && isPiece<T>(depths + 4 * i)) {
      transposeFour<T, P>(to + cell, step, r0 + at, r1 + at, r2 + at, r3 + at);
      if (width == 8) transposeFour<T, P>(behind + cell, step, r4 + at, r5 + at, r6 + at, r7 + at);
      if (width == 6) transposeTwo<T, P>(behind + cell, step, r4 + at, r5 + at);
      i += lanes<T>();
    } else {
      copyFour<T, P>(to + cell, r0 + at, r1 + at, r2 + at, r3 + at);
      if (width == 8) copyFour<T, P>(behind + cell, r4 + at, r5 + at, r6 + at, r7 + at);
      if (width == 6) copyTwo<T, P>(behind + cell, r4 + at, r5 + at);
      i++;
    }
  }
}

/** The offset of row or column i, or of the last one. */
function offsetOf(offsets: usize, i: i32, count: i32): i32 {
  return load<i32>(offsets + 4 * min(i, count - 1));
}

function copyFour<T, P>(to: usize, r0: usize, r1: usize, r2: usize, r3: usize): void {
  copyTwo<T, P>(to, r0, r1);
  copyTwo<T, P>(to + 2 * bytes<P>(), r2, r3);
}

function copyTwo<T, P>(to: usize, r0: usize, r1: usize): void {
  copyNumber<T, P>(to, r0);
  copyNumber<T, P>(to + bytes<P>(), r1);
}
