import type { WindowGeometry } from '../../../conv';
import { bytesOf } from '../arithmetic';
import type { Box } from './convolutionBoxes';
import type { GradientMethod } from './gradientMethod';
import { lengthOf, multiples } from '../memory/pieces';
import { bytesOfSums, packA, product } from '../product/product';
import { tapOffsets, tapsOf, windowOffsets } from './windows';

/** The matrix product dout · col of each group, where col exists only in the packed panels and k is r. */
export const productGradient: GradientMethod = {
  multiple: 1,
  bytesOfSums: (machine, variant, geometry, box) => bytesOfSums(machine, variant, sizeOf(geometry, box)),
  bytesBeside(variant, geometry, box) {
    const { groups, m, k } = sizeOf(geometry, box);
    return bytesOf(variant).sum * groups * m * k + 2 * Int32Array.BYTES_PER_ELEMENT * k;
  },
  *run(workspace, variant, { geometry, box, layout, x, dout, part, to }) {
    const { number } = bytesOf(variant);
    const size = sizeOf(geometry, box);
    const { groups, m } = size;
    const windows = windowOffsets(geometry, layout, box, number);
    const pixels = windows.length;
    const panels = yield* packA(
      workspace,
      variant,
      size,
      { address: dout, sampleStep: 0, groupStep: m * pixels * number },
      multiples(m, pixels * number),
      rowOffsets(
        size.k,
        groups * m * pixels * number,
        windows.map((_, pixel) => pixel * number),
      ),
    );
    yield* product(
      workspace,
      variant,
      size,
      panels,
      {
        address: x,
        sampleStep: 0,
        groupStep: (layout.channels / groups) * layout.plane * number,
        depths: workspace.place(rowOffsets(size.k, layout.channels * layout.plane * number, windows)),
        columns: workspace.place(tapOffsets(geometry, layout, number)),
      },
      { address: to, sampleStep: 0, groupStep: m * size.n * number, rowStep: size.n * number },
      0,
      part,
    );
  },
};

/** The product for a box: rows of A are filters, columns of B taps, and k is r. */
function sizeOf(geometry: WindowGeometry, { n, group, f, oh, ow }: Box) {
  return {
    samples: 1,
    groups: lengthOf(group),
    m: lengthOf(f),
    n: tapsOf(geometry),
    k: lengthOf(n) * lengthOf(oh) * lengthOf(ow),
  };
}

/** Offsets of k rows r = (n, oh, ow): those in a sample, for one sample after another. */
function rowOffsets(k: number, sampleStep: number, offsets: Int32Array): Int32Array {
  const all = new Int32Array(k);
  for (let first = 0, sample = 0; first < k; first += offsets.length, sample += sampleStep)
    for (let i = 0; i < offsets.length; i++) all[first + i] = sample + offsets[i];
  return all;
}
