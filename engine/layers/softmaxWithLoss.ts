import type { Arrangement } from '../conv';
import { IndexError, ShapeError } from '../errors';
import { compactShape, computeDType, sameShape, type LazyTensor, type Shape } from '../tensor';
import { createCellArrays, mapGeometry, runningLayer, when, type CellArrays } from './cells';
import type { StartLayer } from './runningLayer';
import { addSoftmax, ofRow, rowsAlong, softmaxMoves } from './softmaxCells';

const ROW: Arrangement = [['n']];
const CELLS: Arrangement = [['n'], ['c']];

/**
 * Softmax with cross-entropy ("Deep Learning from Scratch", section 5.6.3): x (N, classes) and the labels `t`, class
 * numbers (N,) or one-hot (N, classes), which come as the parameter `t`; out () is the mean loss of the batch.
 *
 * The book takes log(y + 1e-7), so that the logarithm of 0 does no harm. Here −log y is computed as log(sum) − shifted
 * (log-sum-exp), which needs no such number and is right however large x is. Backward: dx = dout · (y − t) / N.
 *
 * Reading what depends on the labels throws ShapeError if they are not one for each sample, IndexError if one is no class.
 */
export const startSoftmaxWithLoss: StartLayer<object> = (
  name,
  _attributes,
  { inputs: [x], parameters: { t }, dout },
  keep,
) => {
  const { shape } = x;
  const [N, K] = shape;
  const layer = createCellArrays(name, computeDType(x.dtype), keep);
  const rows = rowsAlong(shape, 1);
  const cells = { role: 'out', axes: CELLS, shape } as const;

  layer.tensor('x', { role: 'x', axes: CELLS }, x);
  addSoftmax(layer, x, 'y', shape, rows, {
    cells,
    rows: { role: 'out', axes: ROW },
    y: { role: 'out', axes: [['n'], ['f']] },
  });

  const isOneHot = sameShape(t.shape, shape);
  layer.tensor('t', { role: 'x', axes: isOneHot ? CELLS : ROW }, isOneHot ? t : classNumbers(t, shape));
  const target = isOneHot ? 't' : 'oneHot';
  if (!isOneHot) addOneHot(layer, N, K);
  layer.formula('nll', {
    ...cells,
    formula: 'log({0}) − {1}',
    from: [ofRow('sum', rows), 'shifted'],
    compute(nll, sum, shifted) {
      for (let i = 0; i < nll.length; i++) nll[i] = Math.log(sum[i]) - shifted[i];
    },
  });
  // Not the product: a class that cannot be (y is 0, −log y is ∞) and was not meant costs nothing.
  layer.keptFormula('weighted', {
    ...cells,
    formula: 'where({0} = 0, 0, {0} · {1})',
    from: [target, 'nll'],
    compute(weighted, share, nll) {
      for (let i = 0; i < weighted.length; i++) weighted[i] = share[i] === 0 ? 0 : share[i] * nll[i];
    },
  });
  layer.sum('losses', {
    role: 'out',
    axes: ROW,
    shape: [N],
    count: K,
    factors: [{ array: 'weighted', at: rows.cell }],
  });
  const out = layer.sum('out', {
    role: 'out',
    axes: [],
    shape: [],
    count: N,
    factors: [{ array: 'losses', at: (_position, n) => n }],
    divisor: N,
  });

  layer.tensor('dout', { role: 'gradient', axes: [] }, dout);
  const dx = layer.keptFormula('dx', {
    ...cells,
    role: 'gradient',
    formula: `{0} · ({1} − {2}) / ${N}`,
    from: [{ array: 'dout', at: () => 0, run: N * K }, 'y', target],
    compute(result, gradient, y, share) {
      for (let i = 0; i < result.length; i++) result[i] = (gradient[i] * (y[i] - share[i])) / N;
    },
  });
  return runningLayer(name, layer, {
    kind: 'softmaxWithLoss',
    geometry: mapGeometry(name, shape, { over: 'channels' }),
    forward: [
      ...softmaxMoves('y'),
      ...when(!isOneHot, ['oneHot', ['t'], ['oneHot']]),
      ['log', ['sum', 'shifted'], ['nll']],
      ['crossEntropy', [target, 'nll'], ['weighted', 'losses', 'out']],
    ],
    backward: [['dcrossEntropy', ['dout', 'y', target], ['dx']]],
    out,
    dx: [dx],
  });
};

/** Labels that are read only if there is one for each sample. */
function classNumbers(t: LazyTensor, x: Shape): LazyTensor {
  if (sameShape(t.shape, x.slice(0, 1))) return t;
  const shapes = `labels ${compactShape(t.shape)}, x ${compactShape(x)}`;
  const error = new ShapeError(
    `softmaxWithLoss: the labels must be class numbers (N,) or one-hot (N,classes): ${shapes}`,
  );
  return { shape: x.slice(0, 1), dtype: t.dtype, get: () => Promise.reject(error) };
}

/** Adds the labels as rows of zeros with a 1 at the class. */
function addOneHot(layer: CellArrays, N: number, K: number): void {
  layer.formula('oneHot', {
    role: 'count',
    axes: CELLS,
    shape: [N, K],
    formula: position => `{0} = ${position % K}`,
    from: [{ array: 't', at: (position: number) => Math.floor(position / K), run: K }],
    compute(oneHot, label, _b, _c, start) {
      for (let i = 0; i < oneHot.length; i++) {
        if (!Number.isInteger(label[i]) || label[i] < 0 || label[i] >= K) {
          const sample = Math.floor((start + i) / K);
          throw new IndexError(
            `softmaxWithLoss: the label of sample ${sample} is ${label[i]}, the classes are 0…${K - 1}: check \`target\``,
          );
        }
        oneHot[i] = label[i] === (start + i) % K ? 1 : 0;
      }
    },
  });
}
