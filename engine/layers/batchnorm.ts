import type { Factors } from '../kernels';
import { computeDType, sizeOf } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, type Operand } from './cells';
import { mapped } from './mapped';
import { mapSums } from './mapSums';
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
  const deviation = (variance: number): number => Math.sqrt(variance + eps);
  const ofChannel = (array: string): Operand => ({
    array,
    at: position => Math.floor(position / pixels) % C,
    run: pixels,
  });

  /** The numbers of each channel that the kernels need, in their order. */
  const factors =
    (...names: string[]) =>
    async (signal?: AbortSignal): Promise<Factors> => {
      const numbersOf = async (role: string) => (await parameters[role].get(signal)).numbers();
      const valuesOf = async (factor: string) =>
        factor === 'deviation' ? Float64Array.from(await numbersOf('var'), deviation) : numbersOf(factor);
      return { run: pixels, values: await Promise.all(names.map(valuesOf)) };
    };

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
    work: mapped(layer.dtype, 'normalise', [x], factors('mean', 'deviation', 'gamma', 'beta')),
  });

  layer.tensor('dout', { role: 'gradient', axes }, dout);
  /** The k-th cell of channel c. */
  const inChannel = (c: number, k: number): number =>
    (Math.floor(k / pixels) * C + c) * pixels + (k % pixels);
  const overChannel = (...arrays: string[]) => ({
    role: 'gradient' as const,
    axes: [['c']] as const,
    shape: [C],
    count: N * pixels,
    factors: arrays.map(array => ({ array, at: inChannel })),
  });
  const maps = [N, C, pixels] as const;
  const dbeta = layer.sum('dbeta', {
    ...overChannel('dout'),
    work: mapSums(layer.dtype, maps, [dout], [C]),
  });
  const xn = { get: mapped(layer.dtype, 'standardise', [x], factors('mean', 'deviation')) };
  const dgamma = layer.sum('dgamma', {
    ...overChannel('dout', 'xn'),
    work: mapSums(layer.dtype, maps, [dout, xn], [C]),
  });
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
    work: mapped(layer.dtype, 'normaliseGradient', [dout], factors('gamma', 'deviation')),
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
