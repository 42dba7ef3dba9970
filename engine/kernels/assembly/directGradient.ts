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
  /** Gradients (groups · m, k); whether they begin with these samples, which else are added. */
  gradient: usize;
  isFirst: i32;
  filtersPerTile: i32;
}

/** Weights whose sums grow side by side. */
const WEIGHTS = 5;

/**
 * Gradients of weights where a group has too few filters to fill micropanels, as of a depthwise convolution: for each weight
 * the sum of the products of a map and the pixels under its tap, those of windows side by side in the lanes of vectors.
 */
export function directGradient(p: DirectGradient, tile: i32): void {
  const end = min((tile + 1) * p.filtersPerTile, p.groups * p.m);
  for (let filter = tile * p.filtersPerTile; filter < end; filter++)
    for (let k = 0; k < p.k; k += WEIGHTS) sumProducts(p, filter, k);
}

/** Some weights of a filter from weight k on; past the last one, that one once more. */
function sumProducts(p: DirectGradient, filter: i32, k: i32): void {
  const t0 = tapOf(p, k);
  const t1 = tapOf(p, k + 1);
  const t2 = tapOf(p, k + 2);
  const t3 = tapOf(p, k + 3);
  const t4 = tapOf(p, k + 4);
  const lastLanes = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(p.OW % 4));
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  for (let sample = 0; sample < p.samples; sample++) {
    let row = p.x + sample * p.xSample + (filter / p.m) * p.xGroup;
    let dout = p.dout + (sample * p.groups * p.m + filter) * p.OH * p.OW * 4;
    for (let oh = 0; oh < p.OH; oh++, row += p.xRow) {
      let x = row;
      for (let ow = p.OW; ow >= 4; ow -= 4, x += VECTOR, dout += VECTOR) {
        const d = v128.load(dout);
        s0 = multiplyAdd<f32, f32>(d, v128.load(x + t0), s0);
        s1 = multiplyAdd<f32, f32>(d, v128.load(x + t1), s1);
        s2 = multiplyAdd<f32, f32>(d, v128.load(x + t2), s2);
        s3 = multiplyAdd<f32, f32>(d, v128.load(x + t3), s3);
        s4 = multiplyAdd<f32, f32>(d, v128.load(x + t4), s4);
      }
      if (p.OW % 4 == 0) continue;
      // Pixels past the last window count for nothing even if they are no finite numbers.
      const d = v128.and(v128.load(dout), lastLanes);
      s0 = multiplyAdd<f32, f32>(d, v128.and(v128.load(x + t0), lastLanes), s0);
      s1 = multiplyAdd<f32, f32>(d, v128.and(v128.load(x + t1), lastLanes), s1);
      s2 = multiplyAdd<f32, f32>(d, v128.and(v128.load(x + t2), lastLanes), s2);
      s3 = multiplyAdd<f32, f32>(d, v128.and(v128.load(x + t3), lastLanes), s3);
      s4 = multiplyAdd<f32, f32>(d, v128.and(v128.load(x + t4), lastLanes), s4);
      dout += (p.OW % 4) * 4;
    }
  }
  storeSum(p, filter, k, s0);
  storeSum(p, filter, k + 1, s1);
  storeSum(p, filter, k + 2, s2);
  storeSum(p, filter, k + 3, s3);
  storeSum(p, filter, k + 4, s4);
}

function tapOf(p: DirectGradient, k: i32): i32 {
  return load<i32>(p.taps + 4 * min(k, p.k - 1));
}

function storeSum(p: DirectGradient, filter: i32, k: i32, sums: v128): void {
  if (k >= p.k) return;
  const to = p.gradient + (filter * p.k + k) * 4;
  const left = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  const right = f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  store<f32>(to, left + right + (p.isFirst ? 0 : load<f32>(to)));
}
