import { bytes } from './lanes';
import { Taps } from './taps';

/** The windows of a pooling over some planes. */
@unmanaged
export class Pools extends Taps {
  /** Planes of H·W numbers, x or its gradient, and of OH·OW numbers, out or its gradient; one after another. */
  x: usize;
  out: usize;
  /** The winner of each window of whole samples as int32: channels fastest, `channels` of them. */
  argMax: usize;
  channels: i32;
  /** Which of those planes the first one is, and how many there are. */
  firstPlane: i32;
  planes: i32;
  /** How many planes are one tile. */
  tilePlanes: i32;
  /** Of each window down and across its {@link Span}. */
  down: usize;
  across: usize;
  /** The windows across that have all of their taps inside x: from the first to before the end. */
  firstInside: i32;
  endInside: i32;
}

/** The taps of one window along an axis. Those in the padding never take part. */
@unmanaged
export class Span {
  /** Taps inside x: from the first to before the end. */
  first: i32;
  end: i32;
  /** Taps that the divisor of a mean counts. */
  counted: i32;
}

/** The span of window `o`. */
export function spanOf(spans: usize, o: i32): Span {
  return changetype<Span>(spans + o * (offsetof<Span>() as i32));
}

/** The end of the planes of a tile. */
export function tileEnd(p: Pools, tile: i32): i32 {
  return min((tile + 1) * p.tilePlanes, p.planes);
}

/** Planes whose winners are stored together: a cache line of them. */
const GROUP = 16;

/** The end of those planes of a tile, from `plane` on, whose winners lie side by side. */
export function endOfGroup(p: Pools, plane: i32, tile: i32): i32 {
  const channel = (p.firstPlane + plane) % p.channels;
  return min(min(plane + GROUP, plane + p.channels - channel), tileEnd(p, tile));
}

/** Bytes of a plane of x. */
export function planeBytes<T>(p: Pools): i32 {
  return p.H * p.W * bytes<T>();
}

/** Bytes of a plane of out. */
export function outBytes<T>(p: Pools): i32 {
  return p.OH * p.OW * bytes<T>();
}

/** Where a plane of x begins. */
export function planeOfX<T>(p: Pools, plane: i32): usize {
  return p.x + plane * planeBytes<T>(p);
}

/** Where tap 0 of the first window of row oh lies in a plane of x, or would lie if it were not in the padding. */
export function windowsOfX<T>(p: Pools, plane: i32, oh: i32): usize {
  return planeOfX<T>(p, plane) + ((oh * p.strideH - p.top) * p.W - p.left) * bytes<T>();
}

/** Where row oh of a plane of out begins. */
export function rowOfOut<T>(p: Pools, plane: i32, oh: i32): usize {
  return p.out + plane * outBytes<T>(p) + oh * p.OW * bytes<T>();
}

/** Where the winners of row oh of a plane begin; they are `channels` apart. */
export function winnersOf(p: Pools, plane: i32, oh: i32): usize {
  const map = p.firstPlane + plane;
  const window = ((map / p.channels) * p.OH + oh) * p.OW;
  return p.argMax + (window * p.channels + (map % p.channels)) * 4;
}
