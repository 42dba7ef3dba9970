import { ShapeError } from '../errors';
import { computeDType, Tensor, type Shape } from '../tensor';
import { extentsOf, paddedSize, windowGeometry, type WindowGeometry } from './geometry';
import { colStrides, visitWindows, type Im2colOptions, type TapReader } from './im2col';

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
  options: Im2colOptions = {},
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
