import { kernels, paced } from '../kernels';
import { computeDType } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, samePlace, type OpenOperand } from './cells';
import type { StartLayer } from './runningLayer';

/** Adds arrays x0, x1 … of one shape, as where the two ways of a residual block meet; dout goes back to each. */
export const startAdd: StartLayer<object> = (name, _attributes, { inputs, dout }, keep) => {
  const [{ shape, dtype }] = inputs;
  const layer = createCellArrays(name, computeDType(dtype), keep);
  const axes = mapAxes(shape);
  const names = inputs.map((x, i) => {
    layer.tensor(`x${i}`, { role: 'x', axes }, x);
    return `x${i}`;
  });
  const openAll = (signal?: AbortSignal): Promise<OpenOperand[]> =>
    Promise.all(names.map(array => layer.open(array, signal)));
  const sum = layer.kept('out', shape, async signal => {
    const summands = await Promise.all(inputs.map(x => x.get(signal)));
    return paced(kernels().add(summands, layer.dtype), signal);
  });
  const out = layer.tensor('out', { role: 'out', axes }, sum, async (position, cell, signal) => {
    const terms = (await openAll(signal)).map(operand => {
      const from = operand.cell(position, 0);
      return { factors: [from], value: from.value };
    });
    return { cell, rule: 'sum', terms, termCount: terms.length, sum: cell.value };
  });
  layer.tensor('dout', { role: 'gradient', axes }, dout);
  const dx = names.map(array => layer.copy(`d${array}`, { role: 'gradient', axes }, dout, samePlace('dout')));
  return runningLayer(name, layer, {
    kind: 'add',
    geometry: mapGeometry(name, shape, { over: 'cell' }),
    forward: [['add', names, ['out']]],
    backward: [['dadd', ['dout'], names.map(array => `d${array}`)]],
    out,
    dx,
  });
};
