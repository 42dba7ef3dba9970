import type { Arrangement } from '../conv';
import { computeDType, sizeOf, type Shape } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, reshaped, runningLayer, samePlace } from './cells';
import type { StartLayer } from './runningLayer';

export interface ReshapeAttributes {
  /** Shape of out, without open sizes. */
  readonly shape: Shape;
}

/** The same numbers in the same order under another shape; nothing is copied. */
export const startReshape: StartLayer<ReshapeAttributes> = (name, { shape }, operands, keep) =>
  startReshaping('reshape', shape)(name, {}, operands, keep);

/** Flattens every sample: (N, C, H, W) → (N, C·H·W). */
export const startFlatten: StartLayer<object> = (name, attributes, operands, keep) => {
  const [N, ...sample] = operands.inputs[0].shape;
  return startReshaping('flatten', [N, sizeOf(sample)])(name, attributes, operands, keep);
};

function startReshaping(kind: 'reshape' | 'flatten', shape: Shape): StartLayer<object> {
  return (name, _attributes, { inputs: [x], dout }, keep) => {
    const layer = createCellArrays(name, computeDType(x.dtype), keep);
    const { fine, xAxes, outAxes } = axesOf(x.shape, shape);
    layer.tensor('x', { role: 'x', axes: xAxes }, x);
    layer.tensor('dout', { role: 'gradient', axes: outAxes }, dout);
    return runningLayer(name, layer, {
      kind,
      geometry: mapGeometry(name, fine, { over: 'cell' }),
      forward: [['reshape', ['x'], ['out']]],
      backward: [['reshape', ['dout'], ['dx']]],
      out: layer.copy('out', { role: 'out', axes: outAxes }, reshaped(x, shape), samePlace('x')),
      dx: [layer.copy('dx', { role: 'gradient', axes: xAxes }, reshaped(dout, x.shape), samePlace('dout'))],
    });
  };
}

/** The index variables of both shapes: those of the one with more axes, where the other's axes are made of them. */
function axesOf(x: Shape, out: Shape): { fine: Shape; xAxes?: Arrangement; outAxes?: Arrangement } {
  const merged = merge(x, out);
  if (merged) return { fine: x, xAxes: mapAxes(x), outAxes: merged };
  const split = merge(out, x);
  if (split) return { fine: out, xAxes: split, outAxes: mapAxes(out) };
  return { fine: x, xAxes: mapAxes(x) };
}

/** The variables of `fine` along the axes of `coarse`, if each of these is made of neighbouring axes of `fine`. */
function merge(fine: Shape, coarse: Shape): Arrangement | undefined {
  const variables = mapAxes(fine)?.flat();
  if (!variables) return undefined;
  let next = 0;
  const axes = coarse.map((extent, axis) => {
    const from = next;
    const last = axis === coarse.length - 1;
    for (let size = 1; next < fine.length && (size < extent || next === from || last); next++)
      size *= fine[next];
    return { extent: sizeOf(fine.slice(from, next)), variables: variables.slice(from, next) };
  });
  const fits = axes.every((axis, i) => axis.extent === coarse[i] && axis.variables.length > 0);
  return fits && next === fine.length ? axes.map(axis => axis.variables) : undefined;
}
