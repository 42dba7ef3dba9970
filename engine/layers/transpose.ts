import { fillCells, paced } from '../kernels';
import { computeDType, stridesOf, unravel, type LazyTensor, type Shape } from '../tensor';
import { createCellArrays, mapAxes, mapGeometry, runningLayer, type Look } from './cells';
import type { StartLayer } from './runningLayer';

export interface TransposeAttributes {
  /** For each axis of out the axis of x that it is: [0, 3, 1, 2] makes (N, C, H, W) of (N, H, W, C). */
  readonly axes: readonly number[];
}

/** Puts the axes into another order; dout is put back. */
export const startTranspose: StartLayer<TransposeAttributes> = (
  name,
  { axes },
  { inputs: [x], dout },
  keep,
) => {
  const layer = createCellArrays(name, computeDType(x.dtype), keep);
  const xAxes = mapAxes(x.shape);
  const outAxes = xAxes && axes.map(axis => xAxes[axis]);
  const toX = origins(x.shape, axes);
  const toOut = origins(
    dout.shape,
    axes.map((_, axis) => axes.indexOf(axis)),
  );
  /** Adds `array` of `shape`, whose cells are moved from the array `from`. */
  const addMoved = (
    [array, look, shape]: readonly [string, Look, Shape],
    [from, tensor]: readonly [string, LazyTensor],
    origin: (position: number) => number,
  ): LazyTensor => {
    const moved = layer.kept(array, shape, async signal => {
      const values = (await tensor.get(signal)).numbers();
      const valueAt = (position: number): number => values[origin(position)];
      return paced(fillCells(shape, layer.dtype, valueAt, shape.length), signal);
    });
    return layer.copy(array, look, moved, position => ({ array: from, position: origin(position) }));
  };

  layer.tensor('x', { role: 'x', axes: xAxes }, x);
  const out = addMoved(['out', { role: 'out', axes: outAxes }, dout.shape], ['x', x], toX);
  layer.tensor('dout', { role: 'gradient', axes: outAxes }, dout);
  const dx = addMoved(['dx', { role: 'gradient', axes: xAxes }, x.shape], ['dout', dout], toOut);
  return runningLayer(name, layer, {
    kind: 'transpose',
    geometry: mapGeometry(name, x.shape, { over: 'cell' }),
    forward: [['transpose', ['x'], ['out']]],
    backward: [['transpose', ['dout'], ['dx']]],
    out,
    dx: [dx],
  });
};

/** For a position of an array whose axis i is axis `axes[i]` of `shape`: the position of that cell in `shape`. */
function origins(shape: Shape, axes: readonly number[]): (position: number) => number {
  const strides = stridesOf(shape);
  const moved = axes.map(axis => shape[axis]);
  return position =>
    unravel(position, moved).reduce((sum, index, axis) => sum + index * strides[axes[axis]], 0);
}
