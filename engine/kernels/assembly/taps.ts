import { addNumber, bytes, lanes, VECTOR } from './lanes';

/** The windows over one plane of x, H·W numbers. */
@unmanaged
export class Taps {
  H: i32;
  W: i32;
  OH: i32;
  OW: i32;
  FH: i32;
  FW: i32;
  strideH: i32;
  strideW: i32;
  dilationH: i32;
  dilationW: i32;
  /** How far tap 0 of the first window lies outside x. */
  top: i32;
  left: i32;
}

/** Arguments of {@link sumTaps}. */
@unmanaged
export class TapSums extends Taps {
  /** For each plane and each of its taps a plane of OH·OW numbers. */
  dcol: usize;
  /** Planes of H·W numbers. */
  dx: usize;
  planes: i32;
  /** How many planes are one tile. */
  tilePlanes: i32;
}

/** col2im: every pixel is the sum of what the taps got that lie on it, one tap after another. */
export function sumTaps<T>(p: TapSums, tile: i32): void {
  const size = p.H * p.W * bytes<T>();
  const windows = p.OH * p.OW * bytes<T>();
  const end = min((tile + 1) * p.tilePlanes, p.planes);
  for (let plane = tile * p.tilePlanes; plane < end; plane++) {
    const dx = p.dx + plane * size;
    memory.fill(dx, 0, size);
    let from = p.dcol + plane * p.FH * p.FW * windows;
    for (let fh = 0; fh < p.FH; fh++)
      for (let fw = 0; fw < p.FW; fw++, from += windows) addTap<T>(p, dx, from, fh, fw);
  }
}

/** The first window whose tap falls inside x along an axis. @param at where the tap of window 0 falls */
export function firstInside(at: i32, stride: i32): i32 {
  return at < 0 ? (stride - 1 - at) / stride : 0;
}

/** The end of the windows, of `out`, whose tap falls inside the `size` positions of x. */
export function endInside(at: i32, stride: i32, size: i32, out: i32): i32 {
  return at < size ? min(out, (size - 1 - at) / stride + 1) : 0;
}

/** Adds the numbers of all windows, a plane of OH·OW, to the pixels under one tap of each, as far as these are inside x. */
export function addTap<T>(g: Taps, dx: usize, plane: usize, fh: i32, fw: i32): void {
  const top = fh * g.dilationH - g.top;
  const left = fw * g.dilationW - g.left;
  const ow = firstInside(left, g.strideW);
  const count = endInside(left, g.strideW, g.W, g.OW) - ow;
  const end = endInside(top, g.strideH, g.H, g.OH);
  for (let oh = firstInside(top, g.strideH); oh < end; oh++) {
    const pixel = (top + oh * g.strideH) * g.W + left + ow * g.strideW;
    addRow<T>(dx + pixel * bytes<T>(), g.strideW, plane + (oh * g.OW + ow) * bytes<T>(), count);
  }
}

function addRow<T>(to: usize, stride: i32, from: usize, count: i32): void {
  let i = 0;
  if (stride == 1) {
    for (; i <= count - lanes<T>(); i += lanes<T>()) {
      const at = i * bytes<T>();
      v128.store(to + at, v128.add<T>(v128.load(to + at), v128.load(from + at)));
    }
  } else if (stride == 2 && sizeof<T>() == 4) {
    // Not the last one: the number after it may belong to another thread.
    for (; i < count - lanes<T>(); i += lanes<T>())
      addToEverySecond(to + 2 * i * bytes<T>(), from + i * bytes<T>());
  }
  for (; i < count; i++) {
    addNumber<T>(to + i * stride * bytes<T>(), from + i * bytes<T>());
  }
}

/** Adds four float32 to the first, third, fifth and seventh of eight. */
function addToEverySecond(to: usize, from: usize): void {
  const left = v128.load(to);
  const right = v128.load(to + VECTOR);
  const sums = f32x4.add(v128.shuffle<f32>(left, right, 0, 2, 4, 6), v128.load(from));
  const rest = v128.shuffle<f32>(left, right, 1, 3, 5, 7);
  v128.store(to, v128.shuffle<f32>(sums, rest, 0, 4, 1, 5));
  v128.store(to + VECTOR, v128.shuffle<f32>(sums, rest, 2, 6, 3, 7));
}

/** A vector of every stride-th number. */
export function loadEvery<T>(from: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(from);
  const step = stride * bytes<T>();
  if (sizeof<T>() == 8) return v128.load64_lane(from + step, v128.load64_zero(from), 1);
  if (stride == 2) return v128.shuffle<f32>(v128.load(from), v128.load(from, 12), 0, 2, 5, 7);
  const two = v128.load32_lane(from + step, v128.load32_zero(from), 1);
  return v128.load32_lane(from + 3 * step, v128.load32_lane(from + 2 * step, two, 2), 3);
}
