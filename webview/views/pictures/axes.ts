import { axisLabel, extentsOf, type LayerInfo, type Variable } from '../../../engine';
import type { ArrayInfo } from '../../protocol';

/** How the positions along one axis of an array are called. */
export interface AxisLabels {
  readonly extent: number;
  /** Extents of the index variables that run along the axis, the fastest last; one where it has no names. */
  readonly extents: readonly number[];
  /** Full name of a position, e.g. `n0 oh3 ow17`. */
  label(position: number): string;
  /** Name of one variable's value at a position, e.g. `ow17`. @param variable place in `extents` */
  part(position: number, variable: number): string;
}

/**
 * The labels of an array's axes, in the index variables of a layer.
 * @param layer name of the layer whose variables to use, where the array belongs to several; the first by default
 */
export function axesOf(
  array: ArrayInfo,
  layers: readonly LayerInfo[],
  layer?: string,
): readonly AxisLabels[] {
  const info = [layer, ...Object.keys(array.arrangements)]
    .filter(name => name !== undefined && name in array.arrangements)
    .map(name => layers.find(candidate => candidate.name === name))
    .find(found => found !== undefined);
  if (!info) return array.shape.map(plainAxis);
  const extents = extentsOf(info.geometry);
  return array.arrangements[info.name].map((variables, axis) =>
    variables.length === 0
      ? plainAxis(array.shape[axis])
      : namedAxis(
          array.shape[axis],
          variables,
          variables.map(variable => extents[variable]),
          position => axisLabel(variables, extents, position),
        ),
  );
}

function namedAxis(
  extent: number,
  variables: readonly Variable[],
  extents: readonly number[],
  label: (position: number) => string,
): AxisLabels {
  return {
    extent,
    extents,
    label,
    part(position, variable) {
      const inner = extents.slice(variable + 1).reduce((product, size) => product * size, 1);
      return `${variables[variable]}${Math.floor(position / inner) % extents[variable]}`;
    },
  };
}

function plainAxis(extent: number): AxisLabels {
  return { extent, extents: [extent], label: String, part: String };
}
