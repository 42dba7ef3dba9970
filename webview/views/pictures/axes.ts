import { extentsOf, type Arrangement, type Extents, type LayerInfo, type Variable } from '../../../engine';
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
  const words = variableWords(info, array.arrangements[name]);
  return array.arrangements[name].map((variables, axis) =>
    namedAxis(array.shape[axis], variables, extents, words),
  );
}

/** What index variables are called: in layers without windows they are units and classes, not channels and filters. */
type VariableWords = Partial<Record<Variable, string>>;

function variableWords({ kind }: LayerInfo, arrangement: Arrangement): VariableWords {
  const hasPixels = arrangement.flat().some(variable => variable === 'h' || variable === 'w');
  switch (kind) {
    case 'affine':
      return hasPixels ? { f: 'out' } : { c: 'in', f: 'out' };
    case 'softmax':
    case 'softmaxWithLoss':
      return hasPixels ? {} : { c: 'class', f: 'class' };
    default:
      return {};
  }
}

function namedAxis(
  extent: number,
  variables: readonly Variable[],
  all: Extents,
  words: VariableWords,
): AxisLabels {
  const extents = variables.map(variable => all[variable]);
  const names = variables.map(variable => words[variable] ?? variable);
  const part = (position: number, variable: number): string =>
    `${names[variable]}${Math.floor(position / periodOf(extents, variable)) % extents[variable]}`;
  return {
    extent,
    extents,
    isNamed: true,
    label: position => names.map((_name, variable) => part(position, variable)).join(' '),
    part,
  };
}

/** An axis whose positions are only numbered. */
function plainAxis(extent: number): AxisLabels {
  return { extent, extents: [extent], isNamed: false, label: String, part: String };
}
