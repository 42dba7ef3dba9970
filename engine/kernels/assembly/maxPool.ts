import { addNumber, bytes, lanes } from './lanes';
import { planeOfX, rowOfOut, spanOf, tileEnd, winnersOf, Pools } from './pools';
import { endInside, firstInside } from './taps';

/**
 * The largest value of every window, and which tap it is under. The first one wins a tie, a NaN wins over everything.
 * I is the integer of the size of T.
 * @param scratch 16 bytes
 */
export function maxPool<T, I>(p: Pools, tile: i32, scratch: usize): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++)
    for (let oh = 0; oh < p.OH; oh++) maxPoolRow<T, I>(p, plane, oh, scratch);
}

function maxPoolRow<T, I>(p: Pools, plane: i32, oh: i32, scratch: usize): void {
  const span = spanOf(p.down, oh);
  const x = planeOfX<T>(p, plane) + (oh * p.strideH - p.top) * p.W * bytes<T>();
  const out = rowOfOut<T>(p, plane, oh);
  const winners = winnersOf(p, plane, oh);
  // The windows that have all of their taps inside x across are taken as many at a time as a vector has lanes.
  const first = firstInside(-p.left, p.strideW);
  const end = endInside((p.FW - 1) * p.dilationW - p.left, p.strideW, p.W, p.OW);
  const last = span.first < span.end ? end - lanes<T>() : -1;
  for (let ow = 0; ow < p.OW;) {
    const from = x + (ow * p.strideW - p.left) * bytes<T>();
    const to = out + ow * bytes<T>();
    const winner = winners + ow * p.channels * 4;
    if (ow >= first && ow <= last) {
      maxOfWindows<T, I>(p, from, span.first, span.end, to, winner, scratch);
      ow += lanes<T>();
    } else {
      const across = spanOf(p.across, ow);
      maxOfWindow<T>(p, from, span.first, span.end, across.first, across.end, to, winner);
      ow++;
    }
  }
}

/** As many windows as a vector has lanes. @param from tap 0 of the first of them */
function maxOfWindows<T, I>(
  p: Pools,
  from: usize,
  first: i32,
  end: i32,
  out: usize,
  winners: usize,
  scratch: usize,
): void {
  let row = from + first * p.dilationH * p.W * bytes<T>();
  let best = loadEvery<T>(row, p.strideW);
  let winner = v128.splat<I>((first * p.FW) as I);
  for (let fh = first; fh < end; fh++, row += p.dilationH * p.W * bytes<T>())
    for (let fw = 0; fw < p.FW; fw++) {
      const value = loadEvery<T>(row + fw * p.dilationW * bytes<T>(), p.strideW);
      // Not at most as large: larger, or a NaN. The best so far may be one too, and stays then.
      const wins = v128.andnot(v128.eq<T>(best, best), v128.le<T>(value, best));
      best = v128.bitselect(value, best, wins);
      winner = v128.bitselect(v128.splat<I>((fh * p.FW + fw) as I), winner, wins);
    }
  v128.store(out, best);
  v128.store(scratch, winner);
  for (let lane = 0; lane < lanes<T>(); lane++)
    store<i32>(winners + lane * p.channels * 4, load<i32>(scratch + lane * bytes<T>()));
}

/** Any window; one of nothing but padding yields -Infinity, and its winner is 0. */
function maxOfWindow<T>(
  p: Pools,
  from: usize,
  firstDown: i32,
  endDown: i32,
  firstAcross: i32,
  endAcross: i32,
  out: usize,
  winners: usize,
): void {
  let best = -Infinity as T;
  let winner = -1;
  for (let fh = firstDown; fh < endDown; fh++)
    for (let fw = firstAcross; fw < endAcross; fw++) {
      const value = load<T>(from + (fh * p.dilationH * p.W + fw * p.dilationW) * bytes<T>());
      // Only a NaN is unequal to itself.
      if (winner < 0 || value > best || (value != value && best == best)) {
        best = value;
        winner = fh * p.FW + fw;
      }
    }
  store<T>(out, best);
  store<i32>(winners, max(winner, 0));
}

/** A vector of every stride-th number. */
function loadEvery<T>(from: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(from);
  const step = stride * bytes<T>();
  if (sizeof<T>() == 8) return v128.load64_lane(from + step, v128.load64_zero(from), 1);
  if (stride == 2) return v128.shuffle<f32>(v128.load(from), v128.load(from, 12), 0, 2, 5, 7);
  const two = v128.load32_lane(from + step, v128.load32_zero(from), 1);
  return v128.load32_lane(from + 3 * step, v128.load32_lane(from + 2 * step, two, 2), 3);
}

/** The winner of each window gets all of its gradient, the last window first. */
export function maxInputGradient<T>(p: Pools, tile: i32): void {
  for (let plane = tile * p.tilePlanes; plane < tileEnd(p, tile); plane++) {
    const dx = planeOfX<T>(p, plane);
    memory.fill(dx, 0, p.H * p.W * bytes<T>());
    for (let oh = p.OH - 1; oh >= 0; oh--) {
      const dout = rowOfOut<T>(p, plane, oh);
      const winners = winnersOf(p, plane, oh);
      for (let ow = p.OW - 1; ow >= 0; ow--) {
        const winner = load<i32>(winners + ow * p.channels * 4);
        const h = oh * p.strideH - p.top + (winner / p.FW) * p.dilationH;
        const w = ow * p.strideW - p.left + (winner % p.FW) * p.dilationW;
        // Of a window of nothing but padding the winner is no pixel.
        if (h < 0 || h >= p.H || w < 0 || w >= p.W) continue;
        addNumber<T>(dx + (h * p.W + w) * bytes<T>(), dout + ow * bytes<T>());
      }
    }
  }
}
