import type { WindowGeometry } from '../../../conv';
import { bytesOf, type Variant } from '../arithmetic';
import { suitsDirect } from './directMethod';
import type { GradientMethod } from './gradientMethod';
import { lengthOf } from '../memory/pieces';
import { tapOffsets, tapsOf } from './windows';

/** Multiplications of one tile of work. */
const PRODUCTS_PER_TILE = 2 ** 18;

/** Filters that the kernel can take together, and bytes of its sum of one weight. */
const FILTERS = 2;
const SUM = 16;

/** Weights of a filter up to which packing does not pay, in rows of so many windows at least. */
const FEW_TAPS = 32;
const LEAST_WINDOWS = 20;

/** Whether packing does not pay. The sums run in float32, and not in the order of the rows. */
export function suitsDirectGradient(variant: Variant, geometry: WindowGeometry): boolean {
  const isSmall = tapsOf(geometry) <= FEW_TAPS && geometry.horizontal.out >= LEAST_WINDOWS;
  return variant === 'fast' && (isSmall || suitsDirect(geometry));
}

/** Each weight by itself: the products of the pixels under a tap, straight from the planes, with the maps. */
export const directGradient: GradientMethod = {
  multiple: 1,
  bytesOfSums: (_machine, _variant, geometry, { group, f }) =>
    lengthOf(group) * lengthOf(f) * tapsOf(geometry) * SUM,
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
    const pairs = PRODUCTS_PER_TILE / FILTERS / Math.max(1, samples * OH * OW * k);
    const filtersPerTile = Math.ceil(pairs) * FILTERS;
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
        sums: part.sums,
        isFirst: Number(part.isFirst),
        isLast: Number(part.isLast),
        gradient: to,
        filtersPerTile,
      },
      Math.ceil(filters / filtersPerTile),
    );
  },
};
