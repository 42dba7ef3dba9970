/*
 * Loops over many float32 values: what statistics of large arrays take their time for. A module of its own, small enough
 * for the worker of every open file.
 */
import { VECTOR } from './lanes';

/** The two values at `from`, as float64. */
function loadPair(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/**
 * Least and greatest value as 4 lanes of float32 each, so that a lane holds those of every fourth value; how many values
 * are 0 as 4 of int32; and the sum as 2 of float64, which are not finite where a value is not.
 * @param count a multiple of 4
 */
export function tally(values: usize, count: i32, result: usize): void {
  let least = f32x4.splat(Infinity);
  let greatest = f32x4.splat(-Infinity);
  let zeros = i32x4.splat(0);
  let sum = f64x2.splat(0);
  let otherSum = sum;
  for (let end = values + count * 4; values < end; values += VECTOR) {
    const four = v128.load(values);
    least = f32x4.pmin(least, four);
    greatest = f32x4.pmax(greatest, four);
    zeros = i32x4.sub(zeros, f32x4.eq(four, f32x4.splat(0)));
    sum = f64x2.add(sum, loadPair(values));
    otherSum = f64x2.add(otherSum, loadPair(values + 8));
  }
  v128.store(result, least);
  v128.store(result + VECTOR, greatest);
  v128.store(result + 2 * VECTOR, zeros);
  v128.store(result + 3 * VECTOR, f64x2.add(sum, otherSum));
}

/** Counts one more in a bin. */
function countAt(counts: usize, bin: i32): void {
  store<i32>(counts + bin * 4, load<i32>(counts + bin * 4) + 1);
}

/**
 * Counts the values in bins: value v is in bin (v · unit − low) · binsPerUnit, rounded towards 0.
 * @param count a multiple of 4
 * @param counts four histograms of int32, each of `bins` + 1: were they one, a value would wait for the last of its bin
 * @returns the sum of the squares of the distances from the mean
 */
export function spread(
  values: usize,
  count: i32,
  mean: f64,
  unit: f64,
  low: f64,
  binsPerUnit: f64,
  bins: i32,
  counts: usize,
): f64 {
  const bytes = (bins + 1) * 4;
  const means = f64x2.splat(mean);
  const units = f64x2.splat(unit);
  const lows = f64x2.splat(low);
  const scales = f64x2.splat(binsPerUnit);
  const last = i32x4.splat(bins); // a file that changes meanwhile may hold anything
  let squares = f64x2.splat(0);
  let otherSquares = squares;
  for (let end = values + count * 4; values < end; values += VECTOR) {
    const pair = loadPair(values);
    const other = loadPair(values + 8);
    const distance = f64x2.sub(pair, means);
    const otherDistance = f64x2.sub(other, means);
    squares = f64x2.add(squares, f64x2.mul(distance, distance));
    otherSquares = f64x2.add(otherSquares, f64x2.mul(otherDistance, otherDistance));
    const at = f64x2.mul(f64x2.sub(f64x2.mul(pair, units), lows), scales);
    const otherAt = f64x2.mul(f64x2.sub(f64x2.mul(other, units), lows), scales);
    const bin = i32x4.min_u(i32x4.trunc_sat_f64x2_s_zero(at), last);
    const otherBin = i32x4.min_u(i32x4.trunc_sat_f64x2_s_zero(otherAt), last);
    countAt(counts, i32x4.extract_lane(bin, 0));
    countAt(counts + bytes, i32x4.extract_lane(bin, 1));
    countAt(counts + 2 * bytes, i32x4.extract_lane(otherBin, 0));
    countAt(counts + 3 * bytes, i32x4.extract_lane(otherBin, 1));
  }
  const sum = f64x2.add(squares, otherSquares);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Of a column, in {@link reduceBlocks}: its sum as float64, its least and its greatest value as float32. */
const COLUMN = 16;

/**
 * Least and greatest value and sum, three float64, of each `block` columns of some rows that lie one after another. Where a
 * value is a NaN, so is the sum.
 * @param columns 16 bytes for each column, and for three more
 */
export function reduceBlocks(
  values: usize,
  rows: i32,
  width: i32,
  block: i32,
  columns: usize,
  result: usize,
): void {
  // What lies beyond the end of a row does no harm: its columns are not looked at.
  for (let column = 0; column < width; column += 4)
    reduceColumns(values + column * 4, rows, width * 4, columns + column * COLUMN);
  for (let start = 0; start < width; start += block, result += 24) {
    let least: f32 = Infinity;
    let greatest: f32 = -Infinity;
    let sum: f64 = 0;
    const end = columns + min(start + block, width) * COLUMN;
    for (let at = columns + start * COLUMN; at < end; at += COLUMN) {
      sum += load<f64>(at);
      least = min(least, load<f32>(at, 8));
      greatest = max(greatest, load<f32>(at, 12));
    }
    store<f64>(result, least as f64);
    store<f64>(result, greatest as f64, 8);
    store<f64>(result, sum, 16);
  }
}

/** Four columns side by side. @param step bytes from a row to the next */
function reduceColumns(from: usize, rows: i32, step: i32, to: usize): void {
  let least = f32x4.splat(Infinity);
  let greatest = f32x4.splat(-Infinity);
  let sum = f64x2.splat(0);
  let otherSum = sum;
  for (; rows > 0; rows--, from += step) {
    const four = v128.load(from);
    least = f32x4.pmin(least, four);
    greatest = f32x4.pmax(greatest, four);
    sum = f64x2.add(sum, loadPair(from));
    otherSum = f64x2.add(otherSum, loadPair(from + 8));
  }
  const low = v128.shuffle<f32>(least, greatest, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(least, greatest, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(sum, low, 0, 2));
  v128.store(to + COLUMN, v128.shuffle<f64>(sum, low, 1, 3));
  v128.store(to + 2 * COLUMN, v128.shuffle<f64>(otherSum, high, 0, 2));
  v128.store(to + 3 * COLUMN, v128.shuffle<f64>(otherSum, high, 1, 3));
}
