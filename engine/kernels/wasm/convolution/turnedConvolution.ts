import { windowSpan, type SpatialAxis, type WindowGeometry } from '../../../conv';
import { Tensor } from '../../../tensor';
import { suitsDirect } from './directMethod';
import type { Floats } from '../memory/workspace';

/** How many channels a convolution computes at a time: fewer take as long. */
const CHANNELS = 6;

/**
 * The gradient of the input of a convolution of stride 1 as a convolution of dout: with the filters turned by 180°, their
 * channels in the place of the filters, and as much padding as lets each window that reaches a pixel of x take part. Its
 * sums run in another order than those of col2im.
 * @returns undefined where there is none, or where it takes longer
 */
export function turnedConvolution(
  W: Tensor,
  geometry: WindowGeometry,
): { readonly W: Tensor; readonly geometry: WindowGeometry } | undefined {
  const { C, FN, groups } = geometry;
  const vertical = turnedAxis(geometry.vertical);
  const horizontal = turnedAxis(geometry.horizontal);
  if (!vertical || !horizontal) return undefined;
  if (vertical.window * horizontal.window === 1) return undefined; // then dcol is the gradient
  const turned = { ...geometry, C: FN, FN: C, vertical, horizontal };
  const channels = C / groups;
  const computed = vertical.out * horizontal.out * Math.ceil(channels / CHANNELS) * CHANNELS;
  const isDirect = suitsDirect(geometry) && suitsDirect(turned);
  if (!isDirect && computed > 1.5 * vertical.size * horizontal.size * channels) return undefined;
  return { W: turnedFilters(W, groups), geometry: turned };
}

function turnedAxis({ size, out, stride, before, after, ...axis }: SpatialAxis): SpatialAxis | undefined {
  const reach = windowSpan(axis) - 1;
  if (stride !== 1 || before > reach || after > reach) return undefined;
  return { ...axis, size: out, out: size, stride, before: reach - before, after: reach - after };
}

/** @param W (FN, C/groups, FH, FW) @returns (C, FN/groups, FH, FW) */
function turnedFilters(W: Tensor, groups: number): Tensor {
  const [FN, channels, FH, FW] = W.shape;
  const filters = FN / groups;
  const taps = FH * FW;
  const turned = Tensor.zeros([groups * channels, filters, FH, FW], W.dtype);
  const from = W.numbers() as Floats;
  const to = turned.numbers() as Floats;
  for (let group = 0; group < groups; group++)
    for (let c = 0; c < channels; c++)
      for (let f = 0; f < filters; f++) {
        const last = ((group * filters + f) * channels + c + 1) * taps - 1;
        const first = ((group * channels + c) * filters + f) * taps;
        for (let tap = 0; tap < taps; tap++) to[first + tap] = from[last - tap];
      }
  return turned;
}
