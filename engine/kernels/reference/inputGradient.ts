import { crop, paddedShape, tapAdder, type TapReader, type WindowGeometry } from '../../conv';
import { Tensor, type DType } from '../../tensor';
import type { Work } from '../work';
import { sampleLayout } from './paddedSample';
import { addMultiples, BLOCK, pieceOf } from './rowBlocks';

/**
 * Gradient of the input of a convolution: col2im of dcol[r, k] = Σ_f dout[r, f] · W[f, k], of which one row exists at a
 * time.
 * @param doutRows (N·OH·OW, FN)
 * @returns dx (N, C, H, W)
 */
export function* convolutionInputGradient(
  doutRows: Tensor,
  W: Tensor,
  geometry: WindowGeometry,
): Work<Tensor> {
  const { dtype } = doutRows;
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH } = vertical;
  const { out: OW } = horizontal;
  const { taps, windowStart } = sampleLayout(geometry);
  const K = taps.length;
  const filters = FN / groups;
  // As whole blocks of filters: those that a group lacks are 0.
  const blocks = Math.ceil(filters / BLOCK);
  const weights = filtersInBlocks(W, groups, blocks * BLOCK);
  const dout = doutRows.numbers();
  const factors = new Float64Array(BLOCK);
  const sums = new Float64Array(K);
  const dcol = Tensor.zeros([K], dtype).numbers();
  const dx = Tensor.zeros([N, C, vertical.size, horizontal.size], dtype);
  const piece = pieceOf(K * FN);
  for (let n = 0; n < N; n++) {
    const sample = { ...geometry, N: 1 };
    const dxPad = Tensor.zeros(paddedShape(sample), dtype);
    const pixels = dxPad.numbers();
    // The last window first: so each pixel gets its taps in their order, as when they are added one after another.
    for (let at = OH * OW - 1; at >= 0; at--) {
      const r = n * OH * OW + at;
      for (let group = 0; group < groups; group++) {
        sums.fill(0);
        for (let f = 0; f < filters; f += BLOCK) {
          for (let i = 0; i < BLOCK; i++)
            factors[i] = f + i < filters ? dout[r * FN + group * filters + f + i] : 0;
          addMultiples(weights, (group * blocks * BLOCK + f) * K, K, factors, sums, 0);
        }
        dcol.set(sums); // rounds
        const start = windowStart(group, Math.floor(at / OW), at % OW);
        for (let k = 0; k < K; k++) pixels[start + taps[k]] += dcol[k];
      }
      if (at % piece === 0) yield;
    }
    const cropped = crop(dxPad, sample);
    dx.numbers().set(cropped.numbers(), n * cropped.size);
  }
  return dx;
}

/** The filters W (FN, K), those of each group followed by zeros up to `filters` of them. */
function filtersInBlocks(W: Tensor, groups: number, filters: number): Float64Array {
  const size = W.size / groups;
  const K = W.size / W.shape[0];
  const values = W.numbers();
  const blocks = new Float64Array(groups * filters * K);
  for (let group = 0; group < groups; group++)
    blocks.set(values.subarray(group * size, (group + 1) * size), group * filters * K);
  return blocks;
}

/** Reads the gradient of col, dcol[r, k] = Σ_f dout[r, f] · W[f, k], without building it; rounded to `doutRows`' dtype. */
export function dcolReader(doutRows: Tensor, W: Tensor, geometry: WindowGeometry): TapReader {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH, window: FH } = vertical;
  const { out: OW, window: FW } = horizontal;
  const dout = doutRows.numbers();
  const weights = W.numbers();
  const K = W.size / FN;
  const channels = C / groups;
  const filters = FN / groups;
  const round = doutRows.dtype === 'float32' ? Math.fround : (value: number) => value;
  return (n, c, fh, fw, oh, ow) => {
    const group = Math.floor(c / channels);
    const k = ((c % channels) * FH + fh) * FW + fw;
    const r = (n * OH + oh) * OW + ow;
    let sum = 0;
    for (let f = group * filters; f < (group + 1) * filters; f++)
      sum += dout[r * FN + f] * weights[f * K + k];
    return round(sum);
  };
}

/**
 * Gradient of the input: col2im of `dcol`, one filter tap after the other.
 * @returns dx (N, C, H, W)
 */
export function* inputGradient(dcol: TapReader, geometry: WindowGeometry, dtype: DType): Work<Tensor> {
  const { N, C, vertical, horizontal } = geometry;
  const dxPad = Tensor.zeros(paddedShape(geometry), dtype);
  const add = tapAdder(dxPad, geometry, dcol);
  for (let fh = 0; fh < vertical.window; fh++)
    for (let fw = 0; fw < horizontal.window; fw++)
      for (let n = 0; n < N; n++)
        for (let c = 0; c < C; c++) {
          for (let oh = 0; oh < vertical.out; oh++)
            for (let ow = 0; ow < horizontal.out; ow++) add(n, c, fh, fw, oh, ow);
          yield;
        }
  return crop(dxPad, geometry);
}
