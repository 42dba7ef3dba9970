import type { WindowGeometry } from '../../conv';
import { bytesOf, type Variant } from './arithmetic';
import { suitsDirect } from './directMethod';
import type { GradientMethod } from './gradientMethod';
import { lengthOf } from './pieces';
import { tapOffsets, tapsOf } from './windows';

/** Multiplications of one tile of work. */
const PRODUCTS_PER_TILE = 2 ** 18;

/** Whether the groups have too few filters for packing to pay. The sums run in float32, and not in the order of the rows. */
export function suitsDirectGradient(variant: Variant, geometry: WindowGeometry): boolean {
  return variant === 'fast' && suitsDirect(geometry);
}

/** Each weight by itself: the products of the pixels under a tap, straight from the planes, with the maps. */
export const directGradient: GradientMethod = {
  multiple: 1,
  bytesOfSums: () => 0,
  bytesBeside: () => 0,
  *run(workspace, variant, { geometry, box, layout, x, dout, part, to }) {
    const { number } = bytesOf(variant);
    const groups = lengthOf(box.group);
    const m = lengthOf(box.f);
    const k = tapsOf(geometry);
    const samples = lengthOf(box.n);
    const OH = lengthOf(box.oh);
    const OW = lengthOf(box.ow);
    const filters = groups * m;
    const filtersPerTile = Math.ceil(PRODUCTS_PER_TILE / Math.max(1, samples * OH * OW * k));
    yield* workspace.run(
      `directGradient_${variant}`,
      {
        x,
        xSample: layout.channels * layout.plane * number,
        xGroup: (layout.channels / groups) * layout.plane * number,
        xRow: geometry.vertical.stride * layout.row * number,
        dout,
        samples,
        groups,
        m,
        OH,
        OW,
        k,
        taps: workspace.place(tapOffsets(geometry, layout, number)),
        gradient: to,
        isFirst: Number(part.isFirst),
        filtersPerTile,
      },
      Math.ceil(filters / filtersPerTile),
    );
  },
};
