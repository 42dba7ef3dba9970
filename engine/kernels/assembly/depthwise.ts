import { bytes, firstLanes, lanes, loadLanes, multiplyAdd, roundLanes, splat, storeLanes } from './lanes';
import { panelsOf } from './panels';

/** Arguments of {@link depthwise}. */
@unmanaged
export class Depthwise {
  /** Planes of height × width numbers without padding, one for every m maps, one after another. */
  x: usize;
  height: i32;
  width: i32;
  /** Rows of padding above, and columns on the left and on the right: 0 or 1. */
  top: i32;
  left: i32;
  right: i32;
  /** What is read for rows of padding: a row of zeros. */
  zeros: usize;
  /** Filters of 3×3 numbers for each of `channels` maps of a sample, and a number for each that is added to its map. */
  filters: usize;
  bias: usize;
  channels: i32;
  m: i32;
  /** Maps of OH · OW numbers, OW as many as a vector has lanes at least, one after another. */
  out: usize;
  OH: i32;
  OW: i32;
  /** Rows of a map that are one tile of work. */
  tileRows: i32;
}

/** Rows of windows that are computed at a time. */
const ROWS = 4;

/**
 * Convolution of single planes with filters of 3×3, of stride 1. The filter stays in registers, and each vector of x that
 * is read serves three rows of windows. What lies beside x is masked: no plane with padding is needed.
 */
export function depthwise<T, P>(p: Depthwise, tile: i32): void {
  const blocks = panelsOf(p.OH, p.tileRows);
  const map = tile / blocks;
  const x = p.x + (map / p.m) * p.height * p.width * bytes<T>();
  const weights = p.filters + (map % p.channels) * 9 * bytes<T>();
  const bias = p.bias + (map % p.channels) * bytes<T>();
  const out = p.out + map * p.OH * p.OW * bytes<T>();
  const first = (tile % blocks) * p.tileRows;
  const end = min(first + p.tileRows, p.OH);
  for (let oh = first; oh < end; oh += ROWS)
    convolveRows<T, P>(p, x, weights, bias, out, oh, min(ROWS, end - oh));
}

/** Up to ROWS rows of a map, `count` from row `oh` on. */
function convolveRows<T, P>(
  p: Depthwise,
  x: usize,
  weights: usize,
  biasAt: usize,
  out: usize,
  oh: i32,
  count: i32,
): void {
  const w0 = splat<T, P>(weights);
  const w1 = splat<T, P>(weights + bytes<T>());
  const w2 = splat<T, P>(weights + 2 * bytes<T>());
  const w3 = splat<T, P>(weights + 3 * bytes<T>());
  const w4 = splat<T, P>(weights + 4 * bytes<T>());
  const w5 = splat<T, P>(weights + 5 * bytes<T>());
  const w6 = splat<T, P>(weights + 6 * bytes<T>());
  const w7 = splat<T, P>(weights + 7 * bytes<T>());
  const w8 = splat<T, P>(weights + 8 * bytes<T>());
  const bias = splat<T, T>(biasAt);
  let x0 = rowAt<T>(p, x, oh);
  let x1 = rowAt<T>(p, x, oh + 1);
  let x2 = rowAt<T>(p, x, oh + 2);
  let x3 = rowAt<T>(p, x, oh + 3);
  let x4 = rowAt<T>(p, x, oh + 4);
  let x5 = rowAt<T>(p, x, oh + 5);
  const rowBytes = p.OW * bytes<T>();
  let to = out + oh * rowBytes;
  const all = firstLanes<P>(lanes<P>());
  let left = p.left ? v128.not(firstLanes<P>(1)) : all;
  let right = all;
  for (let column = 0, step = lanes<P>(); step > 0;) {
    step = min(lanes<P>(), p.OW - lanes<P>() - column);
    if (step == 0) right = firstLanes<P>(lanes<P>() - p.right);

    let a = v128.and(left, loadLanes<T, P>(x0));
    let b = loadSecond<T, P>(x0);
    let c = v128.and(right, loadThird<T, P>(x0));
    let s0 = threeTaps<T, P>(w0, w1, w2, a, b, c, f32x4.splat(0));

    a = v128.and(left, loadLanes<T, P>(x1));
    b = loadSecond<T, P>(x1);
    c = v128.and(right, loadThird<T, P>(x1));
    s0 = threeTaps<T, P>(w3, w4, w5, a, b, c, s0);
    let s1 = threeTaps<T, P>(w0, w1, w2, a, b, c, f32x4.splat(0));

    a = v128.and(left, loadLanes<T, P>(x2));
    b = loadSecond<T, P>(x2);
    c = v128.and(right, loadThird<T, P>(x2));
    s0 = threeTaps<T, P>(w6, w7, w8, a, b, c, s0);
    s1 = threeTaps<T, P>(w3, w4, w5, a, b, c, s1);
    let s2 = threeTaps<T, P>(w0, w1, w2, a, b, c, f32x4.splat(0));

    a = v128.and(left, loadLanes<T, P>(x3));
    b = loadSecond<T, P>(x3);
    c = v128.and(right, loadThird<T, P>(x3));
    s1 = threeTaps<T, P>(w6, w7, w8, a, b, c, s1);
    s2 = threeTaps<T, P>(w3, w4, w5, a, b, c, s2);
    let s3 = threeTaps<T, P>(w0, w1, w2, a, b, c, f32x4.splat(0));

    a = v128.and(left, loadLanes<T, P>(x4));
    b = loadSecond<T, P>(x4);
    c = v128.and(right, loadThird<T, P>(x4));
    s2 = threeTaps<T, P>(w6, w7, w8, a, b, c, s2);
    s3 = threeTaps<T, P>(w3, w4, w5, a, b, c, s3);

    a = v128.and(left, loadLanes<T, P>(x5));
    b = loadSecond<T, P>(x5);
    c = v128.and(right, loadThird<T, P>(x5));
    s3 = threeTaps<T, P>(w6, w7, w8, a, b, c, s3);

    storeSums<T, P>(to, s0, bias);
    if (count > 1) storeSums<T, P>(to + rowBytes, s1, bias);
    if (count > 2) storeSums<T, P>(to + 2 * rowBytes, s2, bias);
    if (count > 3) storeSums<T, P>(to + 3 * rowBytes, s3, bias);

    const next = step * bytes<T>();
    column += step;
    to += next;
    x0 += next;
    x1 += next;
    x2 += next;
    x3 += next;
    x4 += next;
    x5 += next;
    left = all;
  }
}

/** As {@link loadLanes}, from the second number on. */
function loadSecond<T, P>(from: usize): v128 {
  if (sizeof<T>() == sizeof<P>()) return v128.load(from, sizeof<T>());
  return f64x2.promote_low_f32x4(v128.load64_zero(from, sizeof<T>()));
}

/** As {@link loadLanes}, from the third number on. */
function loadThird<T, P>(from: usize): v128 {
  if (sizeof<T>() == sizeof<P>()) return v128.load(from, 2 * sizeof<T>());
  return f64x2.promote_low_f32x4(v128.load64_zero(from, 2 * sizeof<T>()));
}

/** Where row `row` of the padded plane begins, with the padding on the left, which is not there. */
function rowAt<T>(p: Depthwise, x: usize, row: i32): usize {
  const h = row - p.top;
  const start = h < 0 || h >= p.height ? p.zeros : x + h * p.width * bytes<T>();
  return start - p.left * bytes<T>();
}

/**
 * Adds the products of three taps, side by side: in their order, unless float32 sums, which may run in any, take less time as
 * three short chains of additions than as one long one.
 */
function threeTaps<T, P>(w0: v128, w1: v128, w2: v128, a: v128, b: v128, c: v128, sums: v128): v128 {
  if (sizeof<P>() == 4)
    return v128.add<P>(sums, multiplyAdd<T, P>(w2, c, multiplyAdd<T, P>(w1, b, v128.mul<P>(w0, a))));
  return multiplyAdd<T, P>(w2, c, multiplyAdd<T, P>(w1, b, multiplyAdd<T, P>(w0, a, sums)));
}

function storeSums<T, P>(to: usize, sums: v128, bias: v128): void {
  storeLanes<T, P>(to, v128.add<T>(roundLanes<T, P>(sums), bias));
}
