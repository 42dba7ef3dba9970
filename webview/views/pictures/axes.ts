import { axisLabel, extentsOf, type Extents, type LayerInfo, type Variable } from '../../../engine';
import { periodOf } from '../../draw/ticks';
import type { ArrayInfo } from '../../protocol';

/** How the positions along one axis of an array are called. */
export interface AxisLabels {
  readonly extent: number;
  /** Extents of the index variables that run along the axis, the fastest last; one where it has no names. */
  readonly extents: readonly number[];
  /** Whether positions are called by more than their number. */
  readonly isNamed: boolean;
  /** Full name of a position, e.g. `n0 oh3 ow17`. */
  label(position: number): string;
  /** Name of one variable's value at a position, e.g. `ow17`. @param variable place in `extents` */
  part(position: number, variable: number): string;
}

const known = new WeakMap<ArrayInfo, Map<string | undefined, readonly AxisLabels[]>>();

/**
 * The labels of an array's axes, in the index variables of a layer; the same objects for the same array.
 * @param layer name of the layer whose variables to use, where the array belongs to several; the first by default
 */
export function axesOf(
  array: ArrayInfo,
  layers: readonly LayerInfo[],
  layer?: string,
): readonly AxisLabels[] {
  const ofArray = known.get(array) ?? new Map<string | undefined, readonly AxisLabels[]>();
  known.set(array, ofArray);
  const axes = ofArray.get(layer) ?? makeAxes(array, layers, layer);
  ofArray.set(layer, axes);
  return axes;
}

function makeAxes(array: ArrayInfo, layers: readonly LayerInfo[], layer?: string): readonly AxisLabels[] {
  const names = Object.keys(array.arrangements);
  const name = layer !== undefined && names.includes(layer) ? layer : names[0];
  const info = layers.find(candidate => candidate.name === name);
  if (!info) return array.shape.map(plainAxis);
  const extents = extentsOf(info.geometry);
  return array.arrangements[name].map((variables, axis) => namedAxis(array.shape[axis], variables, extents));
}

function namedAxis(extent: number, variables: readonly Variable[], all: Extents): AxisLabels {
  const extents = variables.map(variable => all[variable]);
  return {
    extent,
    extents,
    isNamed: true,
    label: position => axisLabel(variables, all, position),
    part: (position, variable) =>
      `${variables[variable]}${Math.floor(position / periodOf(extents, variable)) % extents[variable]}`,
  };
}

/** An axis whose positions are only numbered. */
function plainAxis(extent: number): AxisLabels {
  return { extent, extents: [extent], isNamed: false, label: String, part: String };
}
