import { COL_ARRANGEMENTS } from '../conv';
import { dcolReader } from '../kernels';
import { ravel, type Tensor } from '../tensor';
import {
  addTapSums,
  copyOf,
  explainSum,
  given,
  product,
  rounding,
  type Cell,
  type Explanation,
  type LayerArrays,
  type Position,
  type PositionReader,
  type Term,
} from '../trace';
import type { Convolution, ConvolutionRun } from './convolution';
import { MAPS, pixelReader, ROWS, TAPS } from './convolutionArrays';
import { toRows } from './rows';

/** The gradients of a convolution. */
export interface ConvolutionGradients {
  /** (N, FN, OH, OW) */
  readonly dout: Tensor;
  /** (FN, C/groups, FH, FW) */
  readonly dW: Tensor;
  /** (FN,); undefined without a bias */
  readonly db: Tensor | undefined;
  /** (N, C, H, W) */
  readonly dx: Tensor;
}

/**
 * Adds what a convolution makes on the way back, from dout to dx.
 * @param gradients runs the way back when first called, and gives the same gradients ever after
 */
export function addConvolutionGradients(
  layer: LayerArrays,
  { W, b }: Convolution,
  { x, geometry, out }: ConvolutionRun,
  gradients: () => Promise<ConvolutionGradients>,
): void {
  const { cell } = layer;
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH } = vertical;
  const { out: OW } = horizontal;
  const round = rounding(out.dtype);
  const weights = W.numbers();
  const pixel = pixelReader(layer, x, geometry);

  const openDout = async (): Promise<PositionReader> => {
    const dout = (await gradients()).dout.numbers();
    return ({ n, f, oh, ow }) => dout[((n * FN + f) * OH + oh) * OW + ow];
  };
  const openDcol = async (): Promise<PositionReader> => {
    const read = dcolReader(toRows((await gradients()).dout), W, geometry);
    return ({ n, c, fh, fw, oh, ow }) => read(n, c, fh, fw, oh, ow);
  };

  layer.addTensor(
    'dout',
    { role: 'gradient', arrangement: MAPS, explain: given },
    async () => (await gradients()).dout,
  );
  layer.addVirtual(
    'doutRows',
    {
      role: 'gradient',
      arrangement: [ROWS, ['f']],
      scaleOf: 'dout',
      explain: (p, self) => copyOf(self, cell('dout', p, self.value)),
    },
    openDout,
  );

  /** All output positions, in the order in which the kernels add them up. */
  function* positions(p: Position): Generator<Position> {
    for (let n = 0; n < N; n++)
      for (let oh = 0; oh < OH; oh++) for (let ow = 0; ow < OW; ow++) yield { ...p, n, oh, ow };
  }

  function* biasTerms(p: Position, doutAt: PositionReader): Generator<Term> {
    for (const at of positions(p)) {
      const value = doutAt(at);
      yield { factors: [cell('dout', at, value)], value, via: [cell('doutRows', at, value)] };
    }
  }
  if (b) {
    layer.addTensor(
      'db',
      {
        role: 'gradient',
        arrangement: [['f']],
        explain: async (p, self) => explainSum(self, biasTerms(p, await openDout()), round),
      },
      async () => (await gradients()).db ?? Promise.reject(new Error('internal: there is a bias but no db')),
    );
  }

  function* weightTerms(p: Position, doutAt: PositionReader): Generator<Term> {
    const c = (Math.floor(p.f / (FN / groups)) * C) / groups + p.cg;
    for (const at of positions({ ...p, c })) {
      const from = pixel(at);
      const gradient = doutAt(at);
      yield product(from, cell('dout', at, gradient), [
        cell('col', at, from.value),
        cell('doutRows', at, gradient),
      ]);
    }
  }
  const explainWeight = async (p: Position, self: Cell): Promise<Explanation> =>
    explainSum(self, weightTerms(p, await openDout()), round);
  layer.addTensor(
    'dcolW',
    { role: 'gradient', arrangement: [TAPS, ['f']], scaleOf: 'dW', explain: explainWeight },
    async () => {
      const { dW } = await gradients();
      return dW.reshape([FN, dW.size / FN]).transpose([1, 0]);
    },
  );
  layer.addTensor(
    'dW',
    { role: 'gradient', arrangement: [['f'], ['cg'], ['fh'], ['fw']], explain: explainWeight },
    async () => (await gradients()).dW,
  );

  function* tapTerms(p: Position, doutAt: PositionReader): Generator<Term> {
    const channels = C / groups;
    const group = Math.floor(p.c / channels);
    for (let f = (group * FN) / groups; f < ((group + 1) * FN) / groups; f++) {
      const at = { ...p, f, cg: p.c % channels };
      const weight = weights[ravel([f, at.cg, at.fh, at.fw], W.shape)];
      const gradient = doutAt(at);
      yield product(cell('dout', at, gradient), cell('W', at, weight), [
        cell('doutRows', at, gradient),
        cell('colW', at, weight),
      ]);
    }
  }
  layer.addVirtual(
    'dcol',
    {
      role: 'gradient',
      arrangement: COL_ARRANGEMENTS.rows,
      explain: async (p, self) => explainSum(self, tapTerms(p, await openDout()), round),
    },
    openDcol,
  );
  addTapSums(layer, geometry, {
    names: { dcol: 'dcol', dxPartial: 'dxPartial', overlap: 'overlap', dx: 'dx' },
    dtype: out.dtype,
    dcol: openDcol,
    dx: async () => (await gradients()).dx,
  });
}
