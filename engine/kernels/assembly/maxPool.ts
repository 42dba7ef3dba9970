import { addNumber, bytes, choose, greater, lanes } from './lanes';
import {
  endOfGroup,
  outBytes,
  planeBytes,
  planeOfX,
  rowOfOut,
  spanOf,
  tileEnd,
  windowsOfX,
  winnersOf,
  Pools,
  Span,
} from './pools';
import { loadEvery } from './taps';
import { transpose } from './transpose';

/** Rows of windows of a plane that are computed one after another: what they read of it lies in one piece. */
const ROWS = 4;

/**
 * The largest value of every window, and which tap it is under. The first one wins a tie, a NaN wins over everything.
 * I is the integer of the size of T.
 * @param scratch an int32 for each tap, then {@link ROWS} rows of winners for each plane of a group
 */
export function maxPool<T, I>(p: Pools, tile: i32, scratch: usize): void {
  const step = p.OW * 4;
  const places = placesOfTaps<T>(p, scratch);
  const winners = places + p.FH * p.FW * 4;
  for (let plane = tile * p.tilePlanes, end = 0; plane < tileEnd(p, tile); plane = end) {
    end = endOfGroup(p, plane, tile);
    const other = min(1, end - plane - 1);
    for (let row = 0; row < p.OH; row += ROWS) {
      const endRow = min(row + ROWS, p.OH);
      for (let i = plane; i < end; i += 2) {
        const first = min(i, end - 1 - other); // the last ones are computed twice if they are no pair
        for (let oh = row, to = winners + (first - plane) * ROWS * step; oh < endRow; oh++, to += step)
          maxPoolRows<T, I>(p, first, other, oh, places, to);
      }
      for (let oh = row, from = winners; oh < endRow; oh++, from += step)
        transpose(from, ROWS * step, end - plane, p.OW, winnersOf(p, plane, oh), p.channels * 4);
    }
  }
}

/** @param other 1 for a row of the next plane too, 0 for none */
function maxPoolRows<T, I>(p: Pools, plane: i32, other: i32, oh: i32, places: usize, winners: usize): void {
  const down = spanOf(p.down, oh);
  const isVector = p.endInside - p.firstInside >= lanes<T>() && down.first < down.end;
  for (let ow = 0; ow < p.OW; ow++) {
    if (isVector && ow == p.firstInside) {
      if (p.strideW == 1) maxInside<T, I, i8>(p, plane, other, oh, places, winners);
      else if (p.strideW == 2) maxInside<T, I, i16>(p, plane, other, oh, places, winners);
      else maxInside<T, I, i32>(p, plane, other, oh, places, winners);
      ow = p.endInside;
      if (ow == p.OW) return;
    }
    maxOfEach<T>(p, plane, other, oh, ow, winners);
  }
}

/**
 * The windows of a row that have all of their taps across, as many at a time as a vector has lanes.
 * @param other 1 for those of the next plane too, as much of the work is in counting taps
 * @param S is told the stride: i8 for 1, i16 for 2, i32 for any
 */
function maxInside<T, I, S>(p: Pools, plane: i32, other: i32, oh: i32, places: usize, winners: usize): void {
  // Whatever is read from the memory would be read once more in each round.
  const down = spanOf(p.down, oh);
  const first = down.first * p.FW;
  const endOfTaps = places + down.end * p.FW * 4;
  const stride = p.strideW;
  const x = windowsOfX<T>(p, plane, oh);
  const toOther = other * planeBytes<T>(p);
  const out = rowOfOut<T>(p, plane, oh);
  const otherOut = out + other * outBytes<T>(p);
  const otherWinners = winners + other * ROWS * p.OW * 4;
  const firstInside = p.firstInside;
  const last = p.endInside - lanes<T>();
  const one = v128.splat<I>((other | 1) as I); // a constant would be made anew each time
  const firstTap = v128.splat<I>(first as I);
  for (let i = firstInside; i < last + lanes<T>(); i += lanes<T>()) {
    const ow = min(i, last); // the last ones overlap those before
    let best = v128.splat<T>(-Infinity as T);
    let otherBest = best;
    let winner = firstTap;
    let otherWinner = firstTap;
    let tap = firstTap;
    let sum = v128.splat<T>(0 as T); // is not a number as soon as one of them is not
    const from = x + ow * stride * bytes<T>();
    for (let place = places + first * 4; place < endOfTaps; place += 4) {
      const at = from + load<i32>(place);
      const value = loadStrided<T, S>(at, stride);
      const otherValue = loadStrided<T, S>(at + toOther, stride);
      winner = choose<T>(v128.lt<T>(best, value), tap, winner);
      otherWinner = choose<T>(v128.lt<T>(otherBest, otherValue), tap, otherWinner);
      best = greater<T>(best, value);
      otherBest = greater<T>(otherBest, otherValue);
      sum = v128.add<T>(sum, v128.add<T>(value, otherValue));
      tap = v128.add<I>(tap, one);
    }
    v128.store(out + ow * bytes<T>(), best);
    v128.store(otherOut + ow * bytes<T>(), otherBest);
    storeWinners<T>(winners + ow * 4, winner);
    storeWinners<T>(otherWinners + ow * 4, otherWinner);
    if (v128.any_true(v128.ne<T>(sum, sum)))
      for (let lane = 0; lane < lanes<T>(); lane++) maxOfEach<T>(p, plane, other, oh, ow + lane, winners);
  }
}

/** {@link loadEvery} with the stride of S. */
function loadStrided<T, S>(from: usize, stride: i32): v128 {
  return loadEvery<T>(from, sizeof<S>() < 4 ? (sizeof<S>() as i32) : stride);
}

/** Stores lanes of integers of the size of T as int32. */
function storeWinners<T>(to: usize, winners: v128): void {
  if (sizeof<T>() == 4) v128.store(to, winners);
  else v128.store64_lane(to, v128.shuffle<i32>(winners, winners, 0, 2, 0, 2), 0);
}

/** Window `ow` of row oh, of the next plane too if `other` is 1. */
function maxOfEach<T>(p: Pools, plane: i32, other: i32, oh: i32, ow: i32, winners: usize): void {
  const down = spanOf(p.down, oh);
  const across = spanOf(p.across, ow);
  for (let i = 0; i <= other; i++) {
    const from = windowsOfX<T>(p, plane + i, oh) + ow * p.strideW * bytes<T>();
    const to = rowOfOut<T>(p, plane + i, oh) + ow * bytes<T>();
    maxOfWindow<T>(p, down, across, from, to, winners + (i * ROWS * p.OW + ow) * 4);
  }
}

/** Any window; one of nothing but padding yields -Infinity, and its winner is 0. */
function maxOfWindow<T>(p: Pools, down: Span, across: Span, from: usize, out: usize, winners: usize): void {
  let best = -Infinity as T;
  let winner = -1;
  for (let fh = down.first; fh < down.end; fh++)
    for (let fw = across.first; fw < across.end; fw++) {
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

/**
 * The winner of each window gets all of its gradient, the last window first.
 * @param scratch an int32 for each tap, then a row of winners for each plane of a group
 */
export function maxInputGradient<T>(p: Pools, tile: i32, scratch: usize): void {
  const step = p.OW * 4;
  const places = placesOfTaps<T>(p, scratch);
  const winners = places + p.FH * p.FW * 4;
  for (let plane = tile * p.tilePlanes, end = 0; plane < tileEnd(p, tile); plane = end) {
    end = endOfGroup(p, plane, tile);
    memory.fill(planeOfX<T>(p, plane), 0, (end - plane) * planeBytes<T>(p));
    for (let oh = p.OH - 1; oh >= 0; oh--) {
      transpose(winnersOf(p, plane, oh), p.channels * 4, p.OW, end - plane, winners, step);
      for (let i = plane; i < end; i++) addToWinners<T>(p, i, oh, winners + (i - plane) * step, places);
    }
  }
}

/** Writes where each tap of a window lies in x, in bytes from tap 0. @returns where it wrote it */
function placesOfTaps<T>(p: Pools, to: usize): usize {
  for (let fh = 0; fh < p.FH; fh++)
    for (let fw = 0; fw < p.FW; fw++)
      store<i32>(to + (fh * p.FW + fw) * 4, (fh * p.dilationH * p.W + fw * p.dilationW) * bytes<T>());
  return to;
}

/** Adds what the windows of row oh got to the pixels of their winners, as far as their rows are among those of dx. */
function addToWinners<T>(p: Pools, plane: i32, oh: i32, winners: usize, places: usize): void {
  const down = spanOf(p.down, oh);
  if (down.first == down.end) return; // of a window of nothing but padding the winner is no pixel
  const dx = windowsOfX<T>(p, plane, oh);
  const dout = rowOfOut<T>(p, plane, oh);
  const h = oh * p.strideH - p.top;
  if (h < 0 || h + (p.FH - 1) * p.dilationH >= p.H) {
    for (let ow = p.OW - 1; ow >= 0; ow--) {
      const row = h + (load<i32>(winners + ow * 4) / p.FW) * p.dilationH;
      if (row >= 0 && row < p.H) addToWinner<T>(p, ow, dx, dout, winners, places);
    }
  } else for (let ow = p.OW - 1; ow >= 0; ow--) addToWinner<T>(p, ow, dx, dout, winners, places);
}

function addToWinner<T>(p: Pools, ow: i32, dx: usize, dout: usize, winners: usize, places: usize): void {
  const across = spanOf(p.across, ow);
  if (across.first == across.end) return;
  const place = load<i32>(places + load<i32>(winners + ow * 4) * 4);
  addNumber<T>(dx + ow * p.strideW * bytes<T>() + place, dout + ow * bytes<T>());
}
