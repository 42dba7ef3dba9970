import { bytes, loadLanes, VECTOR } from './lanes';

/** Arguments of {@link sumMaps}. */
@unmanaged
export class MapSums {
  /** Planes of `pixels` numbers, for each sample one for each of `filters`. */
  maps: usize;
  samples: i32;
  filters: i32;
  pixels: i32;
  /** A float64 for each filter, to which its planes are added. */
  sums: usize;
}

/** Filters of a tile. An addition waits for the one before it: four pairs of sums grow side by side. */
const FILTERS = 8;

/** Numbers that are added up in float32, if their sums may be. */
const RUN = 4096;

/**
 * Adds up the planes of each filter, sample after sample.
 * @param S type in which numbers are added up: in float64 one after another, in float32 some side by side
 */
export function sumMaps<T, S>(p: MapSums, tile: i32): void {
  const first = tile * FILTERS;
  const end = min(first + FILTERS, p.filters);
  const plane = p.pixels * bytes<T>();
  for (let n = 0; n < p.samples; n++) {
    const maps = p.maps + (n * p.filters + first) * plane;
    if (sizeof<S>() == 8) addInOrder<T>(p, maps, end - first, p.sums + first * 8);
    else for (let f = first; f < end; f++) addRuns(maps + (f - first) * plane, p.pixels, p.sums + f * 8);
  }
}

/** Adds a plane each to `count` sums, number after number. */
function addInOrder<T>(p: MapSums, maps: usize, count: i32, sums: usize): void {
  const plane = p.pixels * bytes<T>();
  const last = count - 1; // is added up once more in the place of those that are missing
  const map1 = maps + min(1, last) * plane;
  const map2 = maps + min(2, last) * plane;
  const map3 = maps + min(3, last) * plane;
  const map4 = maps + min(4, last) * plane;
  const map5 = maps + min(5, last) * plane;
  const map6 = maps + min(6, last) * plane;
  const map7 = maps + min(7, last) * plane;
  let sum01 = v128.load(sums);
  let sum23 = v128.load(sums, VECTOR);
  let sum45 = v128.load(sums, 2 * VECTOR);
  let sum67 = v128.load(sums, 3 * VECTOR);
  const ends = plane - 2 * bytes<T>();
  let at = 0;
  for (; at <= ends; at += 2 * bytes<T>()) {
    sum01 = addTwo<T>(sum01, maps + at, map1 + at);
    sum23 = addTwo<T>(sum23, map2 + at, map3 + at);
    sum45 = addTwo<T>(sum45, map4 + at, map5 + at);
    sum67 = addTwo<T>(sum67, map6 + at, map7 + at);
  }
  if (at < plane) {
    sum01 = addOne<T>(sum01, maps + at, map1 + at);
    sum23 = addOne<T>(sum23, map2 + at, map3 + at);
    sum45 = addOne<T>(sum45, map4 + at, map5 + at);
    sum67 = addOne<T>(sum67, map6 + at, map7 + at);
  }
  v128.store(sums, sum01);
  v128.store(sums, sum23, VECTOR);
  v128.store(sums, sum45, 2 * VECTOR);
  v128.store(sums, sum67, 3 * VECTOR);
}

/** Adds the two numbers at `a` to one sum, one after the other, and those at `b` to the other. */
function addTwo<T>(sums: v128, a: usize, b: usize): v128 {
  const left = loadLanes<T, f64>(a);
  const right = loadLanes<T, f64>(b);
  const firsts = v128.shuffle<f64>(left, right, 0, 2);
  return f64x2.add(f64x2.add(sums, firsts), v128.shuffle<f64>(left, right, 1, 3));
}

function addOne<T>(sums: v128, a: usize, b: usize): v128 {
  return f64x2.add(sums, f64x2(load<T>(a) as f64, load<T>(b) as f64));
}

/** Adds `count` numbers of float32 to a sum, in runs whose sums are of float32. */
function addRuns(from: usize, count: i32, sum: usize): void {
  let total = load<f64>(sum);
  while (count > 0) {
    const some = min(count, RUN);
    total += sumOfRun(from, some) as f64;
    from += some * 4;
    count -= some;
  }
  store<f64>(sum, total);
}

function sumOfRun(from: usize, count: i32): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const end = from + count * 4;
  for (; from + 4 * VECTOR <= end; from += 4 * VECTOR) {
    sum0 = f32x4.add(sum0, v128.load(from));
    sum1 = f32x4.add(sum1, v128.load(from, VECTOR));
    sum2 = f32x4.add(sum2, v128.load(from, 2 * VECTOR));
    sum3 = f32x4.add(sum3, v128.load(from, 3 * VECTOR));
  }
  for (; from + VECTOR <= end; from += VECTOR) sum0 = f32x4.add(sum0, v128.load(from));
  const sums = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  let sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    f32x4.extract_lane(sums, 2) +
    f32x4.extract_lane(sums, 3);
  for (; from < end; from += 4) sum += load<f32>(from);
  return sum;
}
