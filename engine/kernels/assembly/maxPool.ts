import { addNumber, bytes, choose, lanes } from './lanes';
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

/**
 * The largest value of every window, and which tap it is under. The first one wins a tie, a NaN wins over everything.
 * I is the integer of the size of T.
 * @param scratch a row of winners for each plane of a group
 */
export function maxPool<T, I>(p: Pools, tile: i32, scratch: usize): void {
  const step = p.OW * 4;
  for (let plane = tile * p.tilePlanes, end = 0; plane < tileEnd(p, tile); plane = end) {
    end = endOfGroup(p, plane, tile);
    for (let oh = 0; oh < p.OH; oh++) {
      const other = min(1, end - plane - 1);
      for (let i = plane; i < end; i += 2) {
        const first = min(i, end - 1 - other); // the last ones are computed twice if they are no pair
        maxPoolRows<T, I>(p, first, other, oh, scratch + (first - plane) * step);
      }
      transpose(scratch, step, end - plane, p.OW, winnersOf(p, plane, oh), p.channels * 4);
    }
  }
}

/** @param other 1 for a row of the next plane too, 0 for none */
function maxPoolRows<T, I>(p: Pools, plane: i32, other: i32, oh: i32, winners: usize): void {
  const down = spanOf(p.down, oh);
  const x = windowsOfX<T>(p, plane, oh);
  const out = rowOfOut<T>(p, plane, oh);
  const step = p.strideW * bytes<T>();
  const isVector = p.endInside - p.firstInside >= lanes<T>() && down.first < down.end;
  for (let ow = 0; ow < p.OW; ow++) {
    if (isVector && ow == p.firstInside) {
      for (; ow < p.endInside; ow += lanes<T>()) {
        const at = min(ow, p.endInside - lanes<T>()); // the last ones overlap those before
        maxOfWindows<T, I>(p, other, down, x + at * step, out + at * bytes<T>(), winners + at * 4);
      }
      ow = p.endInside;
      if (ow == p.OW) return;
    }
    const across = spanOf(p.across, ow);
    for (let i = 0; i <= other; i++) {
      const from = x + i * planeBytes<T>(p) + ow * step;
      const to = out + i * outBytes<T>(p) + ow * bytes<T>();
      maxOfWindow<T>(p, down, across, from, to, winners + (i * p.OW + ow) * 4);
    }
  }
}

/**
 * As many windows as a vector has lanes, each with all of its taps across.
 * @param other 1 for those of the next plane too, as most of the work is in counting taps
 * @param from tap 0 of the first of them
 */
function maxOfWindows<T, I>(p: Pools, other: i32, down: Span, from: usize, out: usize, winners: usize): void {
  const FW = p.FW;
  const stride = p.strideW;
  const step = p.dilationW * bytes<T>();
  const rowStep = p.dilationH * p.W * bytes<T>();
  const plane = other * planeBytes<T>(p);
  const one = v128.splat<I>(1 as I);
  let row = from + down.first * rowStep;
  let best = loadEvery<T>(row, stride);
  let otherBest = loadEvery<T>(row + plane, stride);
  let winner = v128.splat<I>((down.first * FW) as I);
  let otherWinner = winner;
  let tap = v128.add<I>(winner, one);
  let at = row + step;
  let fw = 1; // tap 0 is the best so far
  for (let fh = down.first; fh < down.end; fh++) {
    for (; fw < FW; fw++, at += step) {
      const value = loadEvery<T>(at, stride);
      const otherValue = loadEvery<T>(at + plane, stride);
      const wins = isBetter<T>(value, best);
      const otherWins = isBetter<T>(otherValue, otherBest);
      best = choose<T>(wins, value, best);
      otherBest = choose<T>(otherWins, otherValue, otherBest);
      winner = choose<T>(wins, tap, winner);
      otherWinner = choose<T>(otherWins, tap, otherWinner);
      tap = v128.add<I>(tap, one);
    }
    fw = 0;
    row += rowStep;
    at = row;
  }
  v128.store(out, best);
  v128.store(out + other * outBytes<T>(p), otherBest);
  storeWinners<T>(winners, winner);
  storeWinners<T>(winners + other * p.OW * 4, otherWinner);
}

/** Where a value is not at most the best: it is larger, or a NaN. The best so far may be one too, and stays then. */
function isBetter<T>(value: v128, best: v128): v128 {
  return v128.andnot(v128.eq<T>(best, best), v128.le<T>(value, best));
}

/** Stores lanes of integers of the size of T as int32. */
function storeWinners<T>(to: usize, winners: v128): void {
  if (sizeof<T>() == 4) v128.store(to, winners);
  else v128.store64_lane(to, v128.shuffle<i32>(winners, winners, 0, 2, 0, 2), 0);
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

function addToWinners<T>(p: Pools, plane: i32, oh: i32, winners: usize, places: usize): void {
  const down = spanOf(p.down, oh);
  if (down.first == down.end) return; // of a window of nothing but padding the winner is no pixel
  const dx = windowsOfX<T>(p, plane, oh);
  const dout = rowOfOut<T>(p, plane, oh);
  for (let ow = p.OW - 1; ow >= 0; ow--) {
    const across = spanOf(p.across, ow);
    if (across.first == across.end) continue;
    const place = load<i32>(places + load<i32>(winners + ow * 4) * 4);
    addNumber<T>(dx + ow * p.strideW * bytes<T>() + place, dout + ow * bytes<T>());
  }
}
