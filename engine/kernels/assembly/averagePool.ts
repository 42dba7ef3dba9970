import { bytes } from './lanes';
import { planeOfX, rowOfOut, spanOf, tileEnd, Pools } from './pools';
import { addTap } from './taps';

/** The mean of every window; its sum runs in float64, in the order of the taps. */
export function averagePool<T>(p: Pools, tile: i32): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++)
    for (let oh = 0; oh < p.OH; oh++) {
      const out = rowOfOut<T>(p, plane, oh);
      for (let ow = 0; ow < p.OW; ow++)
        store<T>(out + ow * bytes<T>(), (sumOfWindow<T>(p, plane, oh, ow) / divisor(p, oh, ow)) as T);
    }
}

function sumOfWindow<T>(p: Pools, plane: i32, oh: i32, ow: i32): f64 {
  const down = spanOf(p.down, oh);
  const across = spanOf(p.across, ow);
  const from = (oh * p.strideH - p.top) * p.W + ow * p.strideW - p.left;
  const x = planeOfX<T>(p, plane) + from * bytes<T>();
  let sum: f64 = 0;
  for (let fh = down.first; fh < down.end; fh++)
    for (let fw = across.first; fw < across.end; fw++)
      sum += load<T>(x + (fh * p.dilationH * p.W + fw * p.dilationW) * bytes<T>()) as f64;
  return sum;
}

function divisor(p: Pools, oh: i32, ow: i32): f64 {
  return (spanOf(p.down, oh).counted as f64) * (spanOf(p.across, ow).counted as f64);
}

/**
 * Every tap of a window gets the window's share: its gradient divided as its sum was.
 * @param scratch OH·OW numbers
 */
export function averageInputGradient<T>(p: Pools, tile: i32, scratch: usize): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++) {
    for (let oh = 0; oh < p.OH; oh++) {
      const dout = rowOfOut<T>(p, plane, oh);
      const shares = scratch + oh * p.OW * bytes<T>();
      for (let ow = 0; ow < p.OW; ow++)
        store<T>(
          shares + ow * bytes<T>(),
          ((load<T>(dout + ow * bytes<T>()) as f64) / divisor(p, oh, ow)) as T,
        );
    }
    const dx = planeOfX<T>(p, plane);
    memory.fill(dx, 0, p.H * p.W * bytes<T>());
    for (let fh = 0; fh < p.FH; fh++) for (let fw = 0; fw < p.FW; fw++) addTap<T>(p, dx, scratch, fh, fw);
  }
}
