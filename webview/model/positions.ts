import { assignmentAt, extentsOf, indexAt, type LayerInfo, type Variable } from '../../engine';
import type { ArrayInfo } from '../protocol';

/**
 * Which sample, channel, filter and tap the pictures show that cannot show all: by key of {@link axisKey}.
 * Arrays that share a key are stepped through together.
 */
export type Positions = Readonly<Record<string, number>>;

/**
 * The layer in whose variables an array is labelled: `preferred` where the array belongs to it, or the first. Undefined
 * for an array that no layer's variables describe, such as a network's input.
 */
export function layerOf(
  { arrangements }: ArrayInfo,
  layers: readonly LayerInfo[],
  preferred?: string,
): LayerInfo | undefined {
  const isPreferred = preferred !== undefined && Object.hasOwn(arrangements, preferred);
  const name = isPreferred ? preferred : Object.keys(arrangements)[0];
  return layers.find(layer => layer.name === name);
}

/** What each axis of an array is stepped through by. */
export function axisKeys({ name, shape, arrangements }: ArrayInfo, layer: LayerInfo | undefined): string[] {
  if (layer) return arrangements[layer.name].map(variables => axisKey(layer, variables));
  return shape.map((_extent, axis) => (axis === 0 && shape.length > 1 ? 'n' : `${name} ${axis}`));
}

/**
 * What an axis is stepped through by; axes with the same key move together. The channels of a pooling are the
 * filters of the convolution before it.
 */
function axisKey(layer: LayerInfo, variables: readonly Variable[]): string {
  if (variables.length > 1) return `${layer.name} ${variables.join(' ')}`;
  return variables[0] === 'c' && layer.kind !== 'convolution' ? 'f' : variables[0];
}

/**
 * The position at which each axis of the array is held, where it is not drawn: the first, if none was chosen;
 * of the taps the last, when all of them have landed.
 */
export function heldIndex(array: ArrayInfo, layer: LayerInfo | undefined, positions: Positions): number[] {
  return axisKeys(array, layer).map((key, axis) => {
    const last = Math.max(0, array.shape[axis] - 1);
    const isOfTaps = layer && array.arrangements[layer.name][axis].length > 1;
    return Math.min(positions[key] ?? (isOfTaps ? last : 0), last);
  });
}

/** `positions`, moved so that the pictures show what the cell at `index` belongs to. */
export function positionsAt(
  array: ArrayInfo,
  layers: readonly LayerInfo[],
  index: readonly number[],
  positions: Positions,
): Positions {
  const moved: Record<string, number> = { ...positions };
  for (const layer of layers) {
    if (!(layer.name in array.arrangements)) continue;
    const arrangement = array.arrangements[layer.name];
    const assignment = assignmentAt(arrangement, extentsOf(layer.geometry), index);
    for (const variable of ['n', 'f', 'c', 'cg'] as const) {
      const position = assignment[variable];
      if (position !== undefined) moved[axisKey(layer, [variable])] = position;
    }
    arrangement.forEach((variables, axis) => {
      if (variables.length > 1 && variables[0] === 'fh') moved[axisKey(layer, variables)] = index[axis];
    });
  }
  const changed = Object.entries(moved).some(([key, position]) => positions[key] !== position);
  return changed ? moved : positions;
}

/**
 * The cell at `index`, moved to another sample, channel or filter; undefined where it belongs to no single one.
 * @param key of {@link axisKey}
 */
export function movedIndex(
  array: ArrayInfo,
  layers: readonly LayerInfo[],
  index: readonly number[],
  key: string,
  position: number,
): number[] | undefined {
  for (const layer of layers) {
    if (!(layer.name in array.arrangements)) continue;
    const arrangement = array.arrangements[layer.name];
    const variable = arrangement.flat().find(candidate => axisKey(layer, [candidate]) === key);
    if (!variable) continue;
    const extents = extentsOf(layer.geometry);
    const assignment = assignmentAt(arrangement, extents, index);
    return indexAt(arrangement, extents, { ...assignment, [variable]: position });
  }
  return undefined;
}
