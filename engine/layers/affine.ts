import { addToRows, kernels, matrix, paced, transposed } from '../kernels';
import type { Arrangement } from '../conv';
import { computeDType, type LazyTensor } from '../tensor';
import {
  createCellArrays,
  mapAxes,
  mapGeometry,
  reshaped,
  runningLayer,
  samePlace,
  when,
  type Sum,
} from './cells';
import type { StartLayer } from './runningLayer';

/**
 * The fully connected layer out = x · W + b ("Deep Learning from Scratch", section 5.6): x (N, …) is flattened to the
 * rows `xRows` (N, I), W is (I, units), b (units,) or left out, out (N, units).
 */
export const startAffine: StartLayer<object> = (
  name,
  _attributes,
  { inputs: [x], parameters, dout },
  keep,
) => {
  const { W } = parameters;
  const b = parameters.b as LazyTensor | undefined;
  const [N] = x.shape;
  const [I, units] = W.shape;
  const dtype = computeDType(x.dtype);
  const layer = createCellArrays(name, dtype, keep);
  const geometry = mapGeometry(name, x.shape, { over: 'sample', FN: units });

  const xAxes = mapAxes(x.shape);
  const features = xAxes?.slice(1).flat() ?? ['c'];
  const [ROWS, WEIGHTS, OUT]: Arrangement[] = [
    [['n'], features],
    [features, ['f']],
    [['n'], ['f']],
  ];
  /** Row and column of a position of out. */
  const n = (position: number): number => Math.floor(position / units);
  const f = (position: number): number => position % units;

  const isFlat = x.shape.length === 2;
  const rows = isFlat ? 'x' : 'xRows';
  const xRows = isFlat ? x : reshaped(x, [N, I]);
  layer.tensor('x', { role: 'x', axes: xAxes }, x);
  if (!isFlat) layer.copy(rows, { role: 'x', axes: ROWS, scaleOf: 'x' }, xRows, samePlace('x'));
  layer.tensor('W', { role: 'W', axes: WEIGHTS }, W);

  const product: Sum = {
    role: 'out',
    axes: OUT,
    shape: [N, units],
    count: I,
    factors: [
      { array: rows, at: (position, k) => n(position) * I + k },
      { array: 'W', at: (position, k) => k * units + f(position) },
    ],
    work: async signal =>
      paced(kernels().matmul(matrix(await xRows.get(signal)), matrix(await W.get(signal)), dtype), signal),
  };
  let out = layer.sum(b ? 'dot' : 'out', product);
  if (b) {
    layer.tensor('b', { role: 'W', axes: [['f']] }, b);
    const dot = out;
    out = layer.sum('out', {
      ...product,
      bias: { array: 'b', at: f },
      work: async signal => paced(addToRows(await dot.get(signal), await b.get(signal)), signal),
    });
  }

  layer.tensor('dout', { role: 'gradient', axes: OUT }, dout);
  const gradient = { role: 'gradient' } as const;
  const db =
    b &&
    layer.sum('db', {
      ...gradient,
      axes: [['f']],
      shape: [units],
      count: N,
      factors: [{ array: 'dout', at: (position, k) => k * units + position }],
      work: async signal => {
        const maps = (await dout.get(signal)).astype(dtype).reshape([N, units, 1, 1]);
        return paced(kernels().biasGradient(maps), signal);
      },
    });
  const dW = layer.sum('dW', {
    ...gradient,
    axes: WEIGHTS,
    shape: [I, units],
    count: N,
    factors: [
      { array: rows, at: (position, k) => k * I + n(position) },
      { array: 'dout', at: (position, k) => k * units + f(position) },
    ],
    work: async signal => {
      const gradient = matrix(await dout.get(signal));
      return paced(kernels().matmul(transposed(matrix(await xRows.get(signal))), gradient, dtype), signal);
    },
  });
  const dxRows = layer.sum(isFlat ? 'dx' : 'dxRows', {
    ...gradient,
    axes: ROWS,
    shape: [N, I],
    count: units,
    factors: [
      { array: 'dout', at: (position, k) => Math.floor(position / I) * units + k },
      { array: 'W', at: (position, k) => (position % I) * units + k },
    ],
    work: async signal =>
      paced(
        kernels().matmul(matrix(await dout.get(signal)), transposed(matrix(await W.get(signal))), dtype),
        signal,
      ),
  });
  const dx = isFlat
    ? dxRows
    : layer.copy('dx', { ...gradient, axes: xAxes }, reshaped(dxRows, x.shape), samePlace('dxRows'));

  return runningLayer(name, layer, {
    kind: 'affine',
    geometry,
    forward: [
      ...when(!isFlat, ['reshape', ['x'], ['xRows']]),
      ['matmul', [rows, 'W'], [b ? 'dot' : 'out']],
      ...when(b !== undefined, ['bias', ['dot', 'b'], ['out']]),
    ],
    backward: [
      ['dx', ['dout', 'W'], [isFlat ? 'dx' : 'dxRows']],
      ['dW', [rows, 'dout'], ['dW']],
      ...when(b !== undefined, ['db', ['dout'], ['db']]),
      ...when(!isFlat, ['reshape', ['dxRows'], ['dx']]),
    ],
    out,
    dx: [dx],
    dparameters: db ? { W: dW, b: db } : { W: dW },
  });
};
