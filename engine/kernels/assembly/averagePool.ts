import { bytes, roundLanes, storeLanes } from './lanes';
import { planeBytes, planeOfX, rowOfOut, spanOf, tileEnd, windowsOfX, Pools, Span } from './pools';
import { addTap } from './taps';

/** Windows that are taken at a time. */
const WINDOWS = 4;

/** The mean of every window; its sum runs in float64, in the order of the taps. */
export function averagePool<T>(p: Pools, tile: i32): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++)
    for (let oh = 0; oh < p.OH; oh++) averagePoolRow<T>(p, plane, oh);
}

function averagePoolRow<T>(p: Pools, plane: i32, oh: i32): void {
  const down = spanOf(p.down, oh);
  const x = windowsOfX<T>(p, plane, oh);
  const out = rowOfOut<T>(p, plane, oh);
  const step = p.strideW * bytes<T>();
  for (let ow = 0; ow < p.OW; ow++) {
    if (ow == p.firstInside && p.endInside - ow >= WINDOWS) {
      for (; ow < p.endInside; ow += WINDOWS) {
        const at = min(ow, p.endInside - WINDOWS); // the last ones overlap those before
        meansOfWindows<T>(p, down, x + at * step, out + at * bytes<T>());
      }
      ow = p.endInside;
      if (ow == p.OW) return;
    }
    const across = spanOf(p.across, ow);
    const mean = sumOfWindow<T>(p, down, across, x + ow * step) / divisor(down, across);
    store<T>(out + ow * bytes<T>(), mean as T);
  }
}

/** Four windows, each with all of its taps across. @param from tap 0 of the first of them */
function meansOfWindows<T>(p: Pools, down: Span, from: usize, out: usize): void {
  const FW = p.FW;
  const step = p.dilationW * bytes<T>();
  const rowStep = p.dilationH * p.W * bytes<T>();
  const stride = p.strideW * bytes<T>();
  let sum = f64x2.splat(0);
  let otherSum = sum;
  let row = from + down.first * rowStep;
  for (let fh = down.first; fh < down.end; fh++, row += rowStep)
    for (let fw = 0, at = row; fw < FW; fw++, at += step) {
      sum = f64x2.add(sum, loadPair<T>(at, stride));
      otherSum = f64x2.add(otherSum, loadPair<T>(at + 2 * stride, stride));
    }
  const counted = f64x2.splat((down.counted as f64) * (FW as f64));
  storeLanes<T, f64>(out, roundLanes<T, f64>(f64x2.div(sum, counted)));
  storeLanes<T, f64>(out + 2 * bytes<T>(), roundLanes<T, f64>(f64x2.div(otherSum, counted)));
}

/** Two numbers, `step` bytes apart, as float64. */
function loadPair<T>(from: usize, step: i32): v128 {
  if (sizeof<T>() == 8) return v128.load64_lane(from + step, v128.load64_zero(from), 1);
  return f64x2.promote_low_f32x4(v128.load32_lane(from + step, v128.load32_zero(from), 1));
}

function sumOfWindow<T>(p: Pools, down: Span, across: Span, from: usize): f64 {
  let sum: f64 = 0;
  for (let fh = down.first; fh < down.end; fh++)
    for (let fw = across.first; fw < across.end; fw++)
      sum += load<T>(from + (fh * p.dilationH * p.W + fw * p.dilationW) * bytes<T>()) as f64;
  return sum;
}

function divisor(down: Span, across: Span): f64 {
  return (down.counted as f64) * (across.counted as f64);
}

/**
 * Every tap of a window gets the window's share: its gradient divided as its sum was.
 * @param scratch OH·OW numbers
 */
export function averageInputGradient<T>(p: Pools, tile: i32, scratch: usize): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++) {
    for (let oh = 0; oh < p.OH; oh++) {
      const dout = rowOfOut<T>(p, plane, oh);
      const down = spanOf(p.down, oh);
      const shares = scratch + oh * p.OW * bytes<T>();
      for (let ow = 0; ow < p.OW; ow++)
        store<T>(
          shares + ow * bytes<T>(),
          ((load<T>(dout + ow * bytes<T>()) as f64) / divisor(down, spanOf(p.across, ow))) as T,
        );
    }
    const dx = planeOfX<T>(p, plane);
    memory.fill(dx, 0, planeBytes<T>(p));
    for (let fh = 0; fh < p.FH; fh++) for (let fw = 0; fw < p.FW; fw++) addTap<T>(p, dx, scratch, fh, fw);
  }
}
