import { ShapeError } from '../errors';
import { computeDType, Tensor, type Shape } from '../tensor';
import { extentsOf, paddedSize, windowGeometry, type WindowGeometry } from './geometry';
import { colStrides, type Im2colOptions, type TapReader } from './im2col';

/** In which order the windows are added up: one filter tap of all windows after the other, or window after window. */
export type ColBuild = 'taps' | 'windows';

export interface Col2imOptions extends Im2colOptions {
  readonly build?: ColBuild;
}

/**
 * Adds every window of `col` back to where im2col took it from: the adjoint of im2col, so pixels under several
 * windows get the sum of all.
 * @param col what im2col(x, FH, FW, options) returned, or a gradient of that shape
 * @param xShape (N, C, H, W)
 * @returns (N, C, H, W); what lands in the padding is dropped
 * @throws ShapeError if `col` has not the shape that im2col would give for `xShape`
 * @see "Deep Learning from Scratch", section 7.4.3
 */
export function col2im(
  col: Tensor,
  xShape: Shape,
  FH: number,
  FW: number,
  options: Col2imOptions = {},
): Tensor {
  const geometry = windowGeometry('col2im', xShape, { FN: 1, FH, FW, groups: 1 }, options);
  const { strides, shape } = colStrides(options.layout ?? 'rows', extentsOf(geometry));
  if (col.shape.length !== shape.length || col.shape.some((extent, axis) => extent !== shape[axis])) {
    throw new ShapeError(
      `col2im: col has the shape (${col.shape.join(',')}), ${FH}×${FW} windows over x (${xShape.join(',')}) give (${shape.join(',')})`,
    );
  }
  const values = col.numbers();
  const dxPad = Tensor.zeros(paddedShape(geometry), computeDType(col.dtype));
  const add = tapAdder(dxPad, geometry, (n, c, fh, fw, oh, ow) => {
    const at =
      n * strides.n + c * strides.c + fh * strides.fh + fw * strides.fw + oh * strides.oh + ow * strides.ow;
    return values[at];
  });
  visitWindows(geometry, options.build ?? 'taps', add);
  return crop(dxPad, geometry);
}

/** Gets a tap of a window of a channel of a sample. */
type TapVisitor = (n: number, c: number, fh: number, fw: number, oh: number, ow: number) => void;

/** Calls `visit` for every tap of every window of every channel, in the order of the chosen way of building. */
function visitWindows(geometry: WindowGeometry, build: ColBuild, visit: TapVisitor): void {
  const { N, C, vertical, horizontal } = geometry;
  const { window: FH, out: OH } = vertical;
  const { window: FW, out: OW } = horizontal;
  if (build === 'taps') loop([FH, FW, N, C, OH, OW], (fh, fw, n, c, oh, ow) => visit(n, c, fh, fw, oh, ow));
  else loop([N, OH, OW, C, FH, FW], (n, oh, ow, c, fh, fw) => visit(n, c, fh, fw, oh, ow));
}

/** Six nested loops, the first extent outermost. */
function loop(
  [A, B, C, D, E, F]: readonly number[],
  body: (a: number, b: number, c: number, d: number, e: number, f: number) => void,
): void {
  for (let a = 0; a < A; a++)
    for (let b = 0; b < B; b++)
      for (let c = 0; c < C; c++)
        for (let d = 0; d < D; d++)
          for (let e = 0; e < E; e++) for (let f = 0; f < F; f++) body(a, b, c, d, e, f);
}

/** (N, C, H, W) with the padding. */
export function paddedShape({ N, C, vertical, horizontal }: WindowGeometry): Shape {
  return [N, C, paddedSize(vertical), paddedSize(horizontal)];
}

/** The function that adds the value of one tap of one window to the pixel of `dxPad` (N, C, H + pad, W + pad) under it. */
export function tapAdder(dxPad: Tensor, { C, vertical, horizontal }: WindowGeometry, dcol: TapReader) {
  const data = dxPad.numbers();
  const [, , H, W] = dxPad.shape;
  return (n: number, c: number, fh: number, fw: number, oh: number, ow: number): void => {
    const h = oh * vertical.stride + fh * vertical.dilation;
    const w = ow * horizontal.stride + fw * horizontal.dilation;
    // In ceil mode a pooling window may reach beyond even the padding.
    if (h < H && w < W) data[((n * C + c) * H + h) * W + w] += dcol(n, c, fh, fw, oh, ow);
  };
}

/** `padded` (N, C, H + pad, W + pad) without its padding. */
export function crop(padded: Tensor, { N, C, vertical, horizontal }: WindowGeometry): Tensor {
  const { size: H, before: top } = vertical;
  const { size: W, before: left } = horizontal;
  const [, , paddedH, paddedW] = padded.shape;
  const from = padded.numbers();
  const cropped = Tensor.zeros([N, C, H, W], padded.dtype);
  const to = cropped.numbers();
  for (let map = 0; map < N * C; map++) {
    for (let h = 0; h < H; h++) {
      const start = (map * paddedH + h + top) * paddedW + left;
      to.set(from.subarray(start, start + W), (map * H + h) * W);
    }
  }
  return cropped;
}
