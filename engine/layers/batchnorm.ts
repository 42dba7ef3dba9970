import { computeDType, sizeOf } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, type Operand, type Sum } from './cells';
import type { StartLayer } from './runningLayer';

export interface BatchnormAttributes {
  /** Added to the variance, so that the divisor cannot be 0. */
  readonly eps: number;
}

/**
 * Batch normalisation in inference, over the channels of x (N, C, …): with the fixed statistics `mean` and `var` (C,)
 * xn = (x − mean) / √(var + eps), and out = gamma · xn + beta, both (C,).
 * Backward: dx = dout · gamma / √(var + eps); the statistics are numbers, not functions of x, and have no gradient.
 */
export const startBatchnorm: StartLayer<BatchnormAttributes> = (
  name,
  { eps },
  { inputs: [x], parameters, dout },
  keep,
) => {
  const { shape } = x;
  const [N, C] = shape;
  const pixels = sizeOf(shape.slice(2));
  const layer = createCellArrays(name, computeDType(x.dtype), keep);
  const axes = mapAxes(shape);
  const cells = { axes, shape };
  const deviation = rootOf(eps);
  const ofChannel = (array: string): Operand => ({
    array,
    at: position => Math.floor(position / pixels) % C,
    run: pixels,
  });

  layer.tensor('x', { role: 'x', axes }, x);
  for (const role of ['mean', 'var', 'gamma', 'beta'])
    layer.tensor(role, { role: 'W', axes: [['c']] }, parameters[role]);
  layer.formula('xn', {
    ...cells,
    role: 'out',
    formula: `({0} − {1}) / √({2} + ${eps})`,
    from: ['x', ofChannel('mean'), ofChannel('var')],
    compute(xn, value, mean, variance) {
      for (let i = 0; i < xn.length; i++) xn[i] = (value[i] - mean[i]) / deviation(variance[i]);
    },
  });
  layer.formula('scaled', {
    ...cells,
    role: 'out',
    formula: '{0} · {1}',
    from: [ofChannel('gamma'), 'xn'],
    compute(scaled, gamma, xn) {
      for (let i = 0; i < scaled.length; i++) scaled[i] = gamma[i] * xn[i];
    },
  });
  const out = layer.keptFormula('out', {
    ...cells,
    role: 'out',
    formula: '{0} + {1}',
    from: ['scaled', ofChannel('beta')],
    compute(sum, scaled, beta) {
      for (let i = 0; i < sum.length; i++) sum[i] = scaled[i] + beta[i];
    },
  });

  layer.tensor('dout', { role: 'gradient', axes }, dout);
  /** The k-th cell of channel c. */
  const inChannel = (c: number, k: number): number =>
    (Math.floor(k / pixels) * C + c) * pixels + (k % pixels);
  const overChannel = (...factors: string[]): Sum => ({
    role: 'gradient',
    axes: [['c']],
    shape: [C],
    count: N * pixels,
    factors: factors.map(array => ({ array, at: inChannel })),
  });
  const dbeta = layer.sum('dbeta', overChannel('dout'));
  const dgamma = layer.sum('dgamma', overChannel('dout', 'xn'));
  layer.formula('dxn', {
    ...cells,
    role: 'gradient',
    formula: '{0} · {1}',
    from: ['dout', ofChannel('gamma')],
    compute(dxn, gradient, gamma) {
      for (let i = 0; i < dxn.length; i++) dxn[i] = gradient[i] * gamma[i];
    },
  });
  const dx = layer.keptFormula('dx', {
    ...cells,
    role: 'gradient',
    formula: `{0} / √({1} + ${eps})`,
    from: ['dxn', ofChannel('var')],
    compute(result, gradient, variance) {
      for (let i = 0; i < result.length; i++) result[i] = gradient[i] / deviation(variance[i]);
    },
  });
  return runningLayer(name, layer, {
    kind: 'batchnorm',
    geometry: mapGeometry(name, shape, { over: 'cell' }),
    forward: [
      ['normalise', ['x', 'mean', 'var'], ['xn']],
      ['scale', ['gamma', 'xn'], ['scaled']],
      ['shift', ['scaled', 'beta'], ['out']],
    ],
    backward: [
      ['dbeta', ['dout'], ['dbeta']],
      ['dgamma', ['dout', 'xn'], ['dgamma']],
      ['dscale', ['dout', 'gamma'], ['dxn']],
      ['dnormalise', ['dxn', 'var'], ['dx']],
    ],
    out,
    dx: [dx],
    dparameters: { gamma: dgamma, beta: dbeta },
  });
};

/** √(variance + eps), taken once for all cells that follow one another and have the same variance. */
function rootOf(eps: number): (variance: number) => number {
  let last = NaN;
  let root = NaN;
  return variance => {
    if (variance !== last) {
      last = variance;
      root = Math.sqrt(variance + eps);
    }
    return root;
  };
}
