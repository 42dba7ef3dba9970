import { computeDType } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, samePlace } from './cells';
import { elementwise } from './elementwise';
import type { StartLayer } from './runningLayer';

export interface DropoutAttributes {
  /** Share of the cells that training drops. */
  readonly ratio: number;
  /** Whether training scaled up what it did not drop, so that inference leaves x as it is. */
  readonly inverted: boolean;
}

/**
 * Dropout in inference, where nothing is dropped: out = x, or as in "Deep Learning from Scratch", section 6.4.3,
 * out = x · (1 − ratio), where training is not made up for (`inverted` is false).
 */
export const startDropout: StartLayer<DropoutAttributes> = (name, attributes, operands, keep) =>
  (attributes.inverted ? passing : scaling)(name, attributes, operands, keep);

const scaling = elementwise<DropoutAttributes>('dropout', ({ ratio }) => {
  const formula = `{0} · (1 − ${ratio})`;
  const scale = { formula, f: 'scale', factor: 1 - ratio } as const;
  return { out: { ...scale, from: ['x'] }, dx: { ...scale, from: ['dout'] } };
});

const passing: StartLayer<DropoutAttributes> = (name, _attributes, { inputs: [x], dout }, keep) => {
  const layer = createCellArrays(name, computeDType(x.dtype), keep);
  const axes = mapAxes(x.shape);
  layer.tensor('x', { role: 'x', axes }, x);
  layer.tensor('dout', { role: 'gradient', axes }, dout);
  return runningLayer(name, layer, {
    kind: 'dropout',
    geometry: mapGeometry(name, x.shape, { over: 'cell' }),
    forward: [['dropout', ['x'], ['out']]],
    backward: [['ddropout', ['dout'], ['dx']]],
    out: layer.copy('out', { role: 'out', axes }, x, samePlace('x')),
    dx: [layer.copy('dx', { role: 'gradient', axes }, dout, samePlace('dout'))],
  });
};
