import type { WindowGeometry } from '../../../conv';
import { bytesOf } from '../arithmetic';
import type { ConvolutionMethod } from './convolutionMethod';
import { lengthOf } from '../memory/pieces';
import { tapOffsets, tapsOf, windowLayout } from './windows';

/** Filters of a group below which most of a micropanel would be empty. */
const FEW_FILTERS = 3;

/** Multiplications of one tile of work. */
const PRODUCTS_PER_TILE = 2 ** 18;

/** Bytes of the windows that are computed side by side, four vectors, and how many those are at most. */
const SCRATCH = 64;
const SIDE_BY_SIDE = 16;

/** Whether the groups have so few filters, as those of a depthwise convolution, that packing does not pay. */
export function suitsDirect({ FN, groups }: WindowGeometry): boolean {
  return FN / groups < FEW_FILTERS;
}

/** Each window by itself, straight from the planes, in the order of its taps. */
export const directMethod: ConvolutionMethod = {
  layoutOf: (geometry, box) => windowLayout(geometry, box),
  bytesBeside: () => 0,
  *run(workspace, variant, { geometry, box, layout, x, W, b, out }) {
    const { number } = bytesOf(variant);
    const groups = lengthOf(box.group);
    const m = lengthOf(box.f);
    const k = tapsOf(geometry);
    const OH = lengthOf(box.oh);
    const OW = lengthOf(box.ow);
    const rows = lengthOf(box.n) * groups * m * OH;
    const fitting = Math.ceil(PRODUCTS_PER_TILE / Math.max(1, k) / SIDE_BY_SIDE) * SIDE_BY_SIDE;
    const columnsPerTile = Math.max(1, Math.min(OW, fitting));
    const rowsPerTile = Math.ceil(fitting / columnsPerTile);
    yield* workspace.run(
      `direct_${variant}`,
      {
        x,
        xSample: layout.channels * layout.plane * number,
        xGroup: (layout.channels / groups) * layout.plane * number,
        xRow: geometry.vertical.stride * layout.row * number,
        filters: W,
        bias: b,
        groups,
        m,
        k,
        taps: workspace.place(tapOffsets(geometry, layout, number)),
        out,
        OH,
        OW,
        rows,
        rowsPerTile,
        columnsPerTile,
      },
      Math.ceil(rows / rowsPerTile) * Math.ceil(OW / columnsPerTile),
      SCRATCH,
    );
  },
};
