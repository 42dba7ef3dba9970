import { bytesOf } from '../arithmetic';
import type { ConvolutionMethod } from './convolutionMethod';
import { lengthOf, multiples } from '../memory/pieces';
import { packA, product } from '../product/product';
import { tapOffsets, tapsOf, windowLayout, windowOffsets } from './windows';

/** A matrix product for each sample and group, W (m, k) · colᵀ (k, n), where col exists only in the packed panels. */
export const productMethod: ConvolutionMethod = {
  layoutOf: (geometry, box) => windowLayout(geometry, box),
  bytesBeside(variant, geometry, box) {
    const filters = lengthOf(box.group) * lengthOf(box.f);
    const packed = filters * tapsOf(geometry) * bytesOf(variant).sum;
    return packed + Int32Array.BYTES_PER_ELEMENT * lengthOf(box.oh) * lengthOf(box.ow);
  },
  *run(workspace, variant, { geometry, box, layout, x, W, b, out }) {
    const { number } = bytesOf(variant);
    const samples = lengthOf(box.n);
    const groups = lengthOf(box.group);
    const m = lengthOf(box.f);
    const n = lengthOf(box.oh) * lengthOf(box.ow);
    const k = tapsOf(geometry);
    const size = { samples, groups, m, n, k };
    const panels = yield* packA(
      workspace,
      variant,
      size,
      { address: W, sampleStep: 0, groupStep: m * k * number },
      multiples(m, k * number),
      multiples(k, number),
    );
    yield* product(
      workspace,
      variant,
      size,
      panels,
      {
        address: x,
        sampleStep: layout.channels * layout.plane * number,
        groupStep: (layout.channels / groups) * layout.plane * number,
        depths: workspace.place(tapOffsets(geometry, layout, number)),
        columns: workspace.place(windowOffsets(geometry, layout, box, number)),
      },
      { address: out, sampleStep: groups * m * n * number, groupStep: m * n * number, rowStep: n * number },
      b,
    );
  },
};
