import type { SpatialAxis, WindowGeometry } from '../../../conv';
import { bytesOf } from '../arithmetic';
import type { ConvolutionMethod } from './convolutionMethod';
import { suitsDirect } from './directMethod';
import { lengthOf } from '../memory/pieces';
import { bareLayout } from './windows';

/** Windows of one tile of work. */
const WINDOWS_PER_TILE = 2 ** 16;

/** Rows that are computed at a time, and numbers of a vector at most, as the kernel has them. */
const ROWS = 4;
const LANES = 4;

/** Whether every filter is one plane of 3×3 taps, as those of most depthwise convolutions, that moves pixel by pixel. */
export function suitsDepthwise(geometry: WindowGeometry): boolean {
  const { C, groups, vertical, horizontal } = geometry;
  const suits = ({ window, stride, dilation, before, after }: SpatialAxis): boolean =>
    window === 3 && stride === 1 && dilation === 1 && before <= 1 && after <= 1;
  const isPlane = C === groups && suitsDirect(geometry);
  return isPlane && suits(vertical) && suits(horizontal) && horizontal.out >= LANES;
}

/** Straight from the planes as they are in x, several rows of windows at a time. */
export const depthwiseMethod: ConvolutionMethod = {
  layoutOf: bareLayout,
  bytesBeside: () => 0,
  *run(workspace, variant, { box, layout: { rows, columns }, x, W, b, out }) {
    const { number } = bytesOf(variant);
    const width = lengthOf(columns.inside);
    const m = lengthOf(box.f);
    const channels = lengthOf(box.group) * m;
    const OH = lengthOf(box.oh);
    const OW = lengthOf(box.ow);
    const tileRows = Math.ceil(WINDOWS_PER_TILE / OW / ROWS) * ROWS;
    yield* workspace.run(
      `depthwise_${variant}`,
      {
        x,
        height: lengthOf(rows.inside),
        width,
        top: rows.before,
        left: columns.before,
        right: columns.size - columns.before - width,
        zeros: workspace.place(number === 8 ? new Float64Array(width) : new Float32Array(width)),
        filters: W,
        bias: b,
        channels,
        m,
        out,
        OH,
        OW,
        tileRows,
      },
      lengthOf(box.n) * channels * Math.ceil(OH / tileRows),
    );
  },
};
