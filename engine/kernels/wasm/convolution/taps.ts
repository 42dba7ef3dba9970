import type { WindowGeometry } from '../../../conv';

/** The windows over a plane of x: fields of the kernels' `Taps`, in their order. */
export function tapFields({ vertical, horizontal }: WindowGeometry): Readonly<Record<string, number>> {
  return {
    H: vertical.size,
    W: horizontal.size,
    OH: vertical.out,
    OW: horizontal.out,
    FH: vertical.window,
    FW: horizontal.window,
    strideH: vertical.stride,
    strideW: horizontal.stride,
    dilationH: vertical.dilation,
    dilationW: horizontal.dilation,
    top: vertical.before,
    left: horizontal.before,
  };
}
