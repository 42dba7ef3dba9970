import { paddedSize, type WindowGeometry } from '../../conv';

/** How the windows lie in one sample (C, H + pad, W + pad) of a convolution. */
export interface SampleLayout {
  /** Numbers in the sample. */
  readonly size: number;
  /** For each tap (c, fh, fw) of one group of channels its distance from the first one. */
  readonly taps: Int32Array;
  /** Where the first tap of a window lies. */
  windowStart(group: number, oh: number, ow: number): number;
  /** Where row h of channel c of the sample without its padding begins. */
  rowStart(c: number, h: number): number;
}

export function sampleLayout({ C, groups, vertical, horizontal }: WindowGeometry): SampleLayout {
  const channels = C / groups;
  const width = paddedSize(horizontal);
  const plane = paddedSize(vertical) * width;
  const taps: number[] = [];
  for (let c = 0; c < channels; c++)
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++)
        taps.push(c * plane + fh * vertical.dilation * width + fw * horizontal.dilation);
  return {
    size: C * plane,
    taps: Int32Array.from(taps),
    windowStart: (group, oh, ow) =>
      group * channels * plane + oh * vertical.stride * width + ow * horizontal.stride,
    rowStart: (c, h) => c * plane + (h + vertical.before) * width + horizontal.before,
  };
}
