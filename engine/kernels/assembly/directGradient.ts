import { multiplyAdd, VECTOR } from './lanes';

/** Arguments of {@link directGradient}: float32. */
@unmanaged
export class DirectGradient {
  /** Planes with their padding; bytes from a sample and a group to the next, and from a row of windows to the next. */
  x: usize;
  xSample: i32;
  xGroup: i32;
  xRow: i32;
  /** Maps of OH · OW numbers, for each sample groups · m of them. */
  dout: usize;
  samples: i32;
  groups: i32;
  m: i32;
  OH: i32;
  OW: i32;
  /** Weights of a filter, and offsets in bytes of the taps of a window. */
  k: i32;
  taps: usize;
  /** A vector for each weight, whose lanes are added up when the last samples have been; the first ones begin it. */
  sums: usize;
  isFirst: i32;
  isLast: i32;
  /** Gradients (groups · m, k). */
  gradient: usize;
  filtersPerTile: i32;
}

/** Weights of a filter whose sums grow side by side. */
const WEIGHTS = 5;

/**
 * Gradients of weights where packing does not pay: for each weight the sum of the products of a map and the pixels under
 * its tap, those of windows side by side in the lanes of vectors.
 */
export function directGradient(p: DirectGradient, tile: i32): void {
  const first = tile * p.filtersPerTile;
  const end = min(first + p.filtersPerTile, p.groups * p.m);
  if (p.isFirst) memory.fill(sumAt(p, first, 0), 0, (end - first) * p.k * VECTOR);
  for (let filter = first; filter < end; filter++) {
    const isPair = filter + 1 < end && (filter + 1) % p.m > 0;
    for (let sample = 0; sample < p.samples; sample++)
      for (let k = 0; k < p.k; k += WEIGHTS) {
        if (isPair) sumProducts<u16>(p, sample, filter, k);
        else sumProducts<u8>(p, sample, filter, k);
      }
    if (isPair) filter++;
  }
  if (!p.isLast) return;
  for (let i = first * p.k; i < end * p.k; i++)
    store<f32>(p.gradient + i * 4, sumOfLanes(v128.load(p.sums + i * VECTOR)));
}

/**
 * Adds the products of a sample to the sums of some weights from weight k on; past the last one, that one once more.
 * @typeParam Filters a type of as many bytes as there are filters, which share the pixels: one, or the next one too
 */
function sumProducts<Filters>(p: DirectGradient, sample: i32, filter: i32, k: i32): void {
  const rest = p.OW % 4;
  sumColumns<Filters, u32>(p, sample, filter, k, 0, p.OW - rest);
  if (rest > 0) sumColumns<Filters, u8>(p, sample, filter, k, p.OW - rest, p.OW);
}

/**
 * The same for some columns of the map.
 * @typeParam Columns a type of so many bytes as a vector has columns at least: four, or perhaps fewer
 */
function sumColumns<Filters, Columns>(
  p: DirectGradient,
  sample: i32,
  filter: i32,
  k: i32,
  first: i32,
  end: i32,
): void {
  const t0 = tapAt(p, k);
  const t1 = tapAt(p, k + 1);
  const t2 = tapAt(p, k + 2);
  const t3 = tapAt(p, k + 3);
  const t4 = tapAt(p, k + 4);
  const next = filter + (sizeof<Filters>() as i32) - 1;
  let a0 = v128.load(sumAt(p, filter, k));
  let a1 = v128.load(sumAt(p, filter, k + 1));
  let a2 = v128.load(sumAt(p, filter, k + 2));
  let a3 = v128.load(sumAt(p, filter, k + 3));
  let a4 = v128.load(sumAt(p, filter, k + 4));
  let b0 = v128.load(sumAt(p, next, k));
  let b1 = v128.load(sumAt(p, next, k + 1));
  let b2 = v128.load(sumAt(p, next, k + 2));
  let b3 = v128.load(sumAt(p, next, k + 3));
  let b4 = v128.load(sumAt(p, next, k + 4));
  const lanes = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(end - first));
  const map = p.OH * p.OW * 4;
  const width = (end - first) * 4;
  let row = p.x + sample * p.xSample + (filter / p.m) * p.xGroup + first * 4;
  let dout = p.dout + (sample * p.groups * p.m + filter) * map + first * 4;
  for (let oh = 0; oh < p.OH; oh++, row += p.xRow, dout += p.OW * 4) {
    let d = dout;
    for (let x = row; x < row + width; x += VECTOR, d += VECTOR) {
      const a = loadColumns<Columns>(d, lanes);
      const b = sizeof<Filters>() == 2 ? loadColumns<Columns>(d + map, lanes) : a;
      let pixels = loadColumns<Columns>(x + t0, lanes);
      a0 = multiplyAdd<f32, f32>(a, pixels, a0);
      if (sizeof<Filters>() == 2) b0 = multiplyAdd<f32, f32>(b, pixels, b0);
      pixels = loadColumns<Columns>(x + t1, lanes);
      a1 = multiplyAdd<f32, f32>(a, pixels, a1);
      if (sizeof<Filters>() == 2) b1 = multiplyAdd<f32, f32>(b, pixels, b1);
      pixels = loadColumns<Columns>(x + t2, lanes);
      a2 = multiplyAdd<f32, f32>(a, pixels, a2);
      if (sizeof<Filters>() == 2) b2 = multiplyAdd<f32, f32>(b, pixels, b2);
      pixels = loadColumns<Columns>(x + t3, lanes);
      a3 = multiplyAdd<f32, f32>(a, pixels, a3);
      if (sizeof<Filters>() == 2) b3 = multiplyAdd<f32, f32>(b, pixels, b3);
      pixels = loadColumns<Columns>(x + t4, lanes);
      a4 = multiplyAdd<f32, f32>(a, pixels, a4);
      if (sizeof<Filters>() == 2) b4 = multiplyAdd<f32, f32>(b, pixels, b4);
    }
  }
  storeSums(p, filter, k, a0, a1, a2, a3, a4);
  if (sizeof<Filters>() == 2) storeSums(p, next, k, b0, b1, b2, b3, b4);
}

/** Pixels past the last window count for nothing, even if they are no finite numbers. */
function loadColumns<Columns>(from: usize, lanes: v128): v128 {
  const columns = v128.load(from);
  return sizeof<Columns>() == 4 ? columns : v128.and(columns, lanes);
}

function storeSums(
  p: DirectGradient,
  filter: i32,
  k: i32,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  s4: v128,
): void {
  v128.store(sumAt(p, filter, k), s0);
  v128.store(sumAt(p, filter, k + 1), s1);
  v128.store(sumAt(p, filter, k + 2), s2);
  v128.store(sumAt(p, filter, k + 3), s3);
  v128.store(sumAt(p, filter, k + 4), s4);
}

function sumAt(p: DirectGradient, filter: i32, k: i32): usize {
  return p.sums + (filter * p.k + min(k, p.k - 1)) * VECTOR;
}

function tapAt(p: DirectGradient, k: i32): i32 {
  return load<i32>(p.taps + 4 * min(k, p.k - 1));
}

function sumOfLanes(lanes: v128): f32 {
  const left = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
  return left + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}
