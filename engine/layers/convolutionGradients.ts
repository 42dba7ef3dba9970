import { COL_ARRANGEMENTS } from '../conv';
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
import { FILTERS, inputOf, MAPS, openTensor, ROWS, TAPS } from './convolutionArrays';
import type { ConvolutionTensors } from './convolutionTensors';
import { openTaps, type CellFinder } from './windowedInput';

/** Adds what a convolution makes on the way back, from dout to dx. */
export function addConvolutionGradients(layer: LayerArrays, tensors: ConvolutionTensors): void {
  const { W, dout, dW, db, dx, geometry } = tensors;
  const { cell } = layer;
  const { N, C, FN, groups, vertical, horizontal } = geometry;
  const { out: OH } = vertical;
  const { out: OW } = horizontal;
  const round = rounding(dx.dtype);

  const openDout = (signal?: AbortSignal): Promise<PositionReader> => openTensor(dout, MAPS, signal);

  layer.addTensor('dout', { role: 'gradient', arrangement: MAPS, explain: given }, dout);
  layer.addVirtual(
    'doutRows',
    {
      role: 'gradient',
      arrangement: [ROWS, ['f']],
      scaleOf: 'dout',
      rearranges: dout,
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
  if (db) {
    layer.addTensor(
      'db',
      {
        role: 'gradient',
        arrangement: [['f']],
        explain: async (p, self, signal) => explainSum(self, biasTerms(p, await openDout(signal)), round),
      },
      db,
    );
  }

  function* weightTerms(p: Position, pixel: CellFinder, doutAt: PositionReader): Generator<Term> {
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
  const explainWeight = async (p: Position, self: Cell, signal?: AbortSignal): Promise<Explanation> => {
    const doutAt = await openDout(signal);
    const pixel = await openTaps(layer, inputOf(tensors), signal);
    return explainSum(self, weightTerms(p, pixel, doutAt), round);
  };
  layer.addVirtual(
    'dcolW',
    { role: 'gradient', arrangement: [TAPS, ['f']], scaleOf: 'dW', rearranges: dW, explain: explainWeight },
    signal => openTensor(dW, FILTERS, signal),
  );
  layer.addTensor('dW', { role: 'gradient', arrangement: FILTERS, explain: explainWeight }, dW);

  function* tapTerms(p: Position, weightAt: PositionReader, doutAt: PositionReader): Generator<Term> {
    const channels = C / groups;
    const group = Math.floor(p.c / channels);
    for (let f = (group * FN) / groups; f < ((group + 1) * FN) / groups; f++) {
      const at = { ...p, f, cg: p.c % channels };
      const weight = weightAt(at);
      const gradient = doutAt(at);
      yield product(cell('dout', at, gradient), cell('W', at, weight), [
        cell('doutRows', at, gradient),
        cell('colW', at, weight),
      ]);
    }
  }
  const openDcol = async (signal?: AbortSignal): Promise<PositionReader> => {
    const read = await tensors.openDcol(signal);
    return ({ n, c, fh, fw, oh, ow }) => read(n, c, fh, fw, oh, ow);
  };
  layer.addVirtual(
    'dcol',
    {
      role: 'gradient',
      arrangement: COL_ARRANGEMENTS.rows,
      explain: async (p, self, signal) => {
        const doutAt = await openDout(signal);
        return explainSum(self, tapTerms(p, await openTensor(W, FILTERS, signal), doutAt), round);
      },
    },
    openDcol,
  );
  const names = { dcol: 'dcol', dxPartial: 'dxPartial', overlap: 'overlap', dx: 'dx' };
  addTapSums(layer, geometry, { names, dcol: openDcol, dx });
}
