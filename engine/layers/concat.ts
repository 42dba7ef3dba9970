import { concatenate, paced, partOf } from '../kernels';
import { computeDType, sizeOf } from '../tensor';
import { axisFromFirst, createCellArrays, mapAxes, mapGeometry, runningLayer } from './cells';
import type { StartLayer } from './runningLayer';

export interface ConcatAttributes {
  /** The axis along which the arrays are joined; a negative one counts from the last. */
  readonly axis: number;
}

/** Puts arrays x0, x1 … behind one another along an axis; dout is cut up again for the way back. */
export const startConcat: StartLayer<ConcatAttributes> = (name, attributes, { inputs, dout }, keep) => {
  const [first] = inputs;
  const axis = axisFromFirst(attributes.axis, first.shape);
  const layer = createCellArrays(name, computeDType(first.dtype), keep);
  const lengths = inputs.map(x => x.shape[axis]);
  const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
  const length = lengths.reduce((sum, extent) => sum + extent, 0);
  const shape = first.shape.with(axis, length);
  const inner = sizeOf(shape.slice(axis + 1));
  // The channels of out are not those of its parts, so only out has index variables.
  const axes = mapAxes(shape);

  const names = inputs.map((x, i) => {
    layer.tensor(`x${i}`, { role: 'x' }, x);
    return `x${i}`;
  });
  /** The position of an input's cell in out, and back. */
  const inWhole = (position: number, i: number): number => {
    const outer = Math.floor(position / (lengths[i] * inner));
    return position + (outer * (length - lengths[i]) + starts[i]) * inner;
  };
  const inPart = (position: number): { array: string; position: number } => {
    const along = Math.floor(position / inner) % length;
    const i = starts.findLastIndex(start => start <= along);
    const outer = Math.floor(position / (length * inner));
    return { array: names[i], position: position - (outer * (length - lengths[i]) + starts[i]) * inner };
  };
  const joined = layer.kept('out', shape, async signal => {
    const parts = await Promise.all(inputs.map(x => x.get(signal)));
    return paced(concatenate(parts, axis, layer.dtype), signal);
  });
  const out = layer.copy('out', { role: 'out', axes }, joined, inPart);
  layer.tensor('dout', { role: 'gradient', axes }, dout);
  const dx = inputs.map((x, i) => {
    const part = layer.kept(`dx${i}`, x.shape, async signal =>
      paced(partOf((await dout.get(signal)).astype(layer.dtype), axis, starts[i], x.shape), signal),
    );
    return layer.copy(`dx${i}`, { role: 'gradient' }, part, position => ({
      array: 'dout',
      position: inWhole(position, i),
    }));
  });
  return runningLayer(name, layer, {
    kind: 'concat',
    geometry: mapGeometry(name, shape, { over: 'cell' }),
    forward: [['concat', names, ['out']]],
    backward: [['dconcat', ['dout'], names.map(array => `d${array}`)]],
    out,
    dx,
  });
};
