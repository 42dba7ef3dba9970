import { computeDType } from '../tensor';
import { axisFromFirst, createCellArrays, mapAxes, mapGeometry, runningLayer } from './cells';
import type { StartLayer } from './runningLayer';
import { addSoftmax, mappedOfRows, ofRow, rowsAlong, softmaxMoves, sumsOfRows } from './softmaxCells';

export interface SoftmaxAttributes {
  /** The axis whose cells add up to 1; a negative one counts from the last. */
  readonly axis: number;
}

/**
 * Softmax along an axis. Backward: dx = out · (dout − Σ dout · out), with the sums over the axis in `dsum`.
 */
export const startSoftmax: StartLayer<SoftmaxAttributes> = (
  name,
  attributes,
  { inputs: [x], dout },
  keep,
) => {
  const { shape } = x;
  const axis = axisFromFirst(attributes.axis, shape);
  const layer = createCellArrays(name, computeDType(x.dtype), keep);
  const rows = rowsAlong(shape, axis);
  // Along the channels, all of x at a pixel makes the channels f of out there; along other axes nothing says so.
  const overChannels = axis === 1;
  const axes = overChannels ? mapAxes(shape) : undefined;
  const outAxes = axes?.map((variables, i) => (i === 1 ? (['f'] as const) : variables));
  const rowAxes = axes?.toSpliced(axis, 1);

  layer.tensor('x', { role: 'x', axes }, x);
  const out = addSoftmax(layer, x, 'out', shape, rows, {
    cells: { role: 'out', axes },
    rows: { role: 'out', axes: rowAxes },
    y: { role: 'out', axes: outAxes },
  });
  layer.tensor('dout', { role: 'gradient', axes: outAxes }, dout);
  const dsum = layer.sum('dsum', {
    role: 'gradient',
    axes: rowAxes,
    shape: rows.shape,
    count: rows.K,
    factors: [
      { array: 'dout', at: rows.cell },
      { array: 'out', at: rows.cell },
    ],
    work: sumsOfRows(layer, rows, dout, out),
  });
  const dx = layer.keptFormula('dx', {
    role: 'gradient',
    axes,
    shape,
    formula: '{0} · ({1} − {2})',
    from: ['out', 'dout', ofRow('dsum', rows)],
    ...mappedOfRows(layer, rows, 'softmaxGradient', [dout, out], dsum, (result, y, gradient, sum) => {
      for (let i = 0; i < result.length; i++) result[i] = y[i] * (gradient[i] - sum[i]);
    }),
  });
  return runningLayer(name, layer, {
    kind: 'softmax',
    geometry: mapGeometry(name, shape, { over: overChannels ? 'channels' : 'cell' }),
    forward: softmaxMoves('out'),
    backward: [['dsoftmax', ['dout', 'out'], ['dsum', 'dx']]],
    out,
    dx: [dx],
  });
};
