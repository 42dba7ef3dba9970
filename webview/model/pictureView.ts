import type { Arrangement, LayerInfo, Variable } from '../../engine';
import type { ArrayInfo } from '../protocol';

/** How an array is drawn. */
export type PictureView =
  | { readonly kind: 'number'; readonly rowAxis?: undefined; readonly columnAxis?: undefined }
  | { readonly kind: 'matrix'; readonly rowAxis?: number; readonly columnAxis?: number }
  | { readonly kind: 'image'; readonly rowAxis: number; readonly columnAxis: number }
  | {
      readonly kind: 'maps';
      readonly rowAxis: number;
      readonly columnAxis: number;
      readonly gridAxes: readonly number[];
    };

/** Pairs of variables that span a picture. An array of patches has two of them. */
const PLANES: readonly (readonly [Variable, Variable])[] = [
  ['h', 'w'],
  ['hp', 'wp'],
  ['oh', 'ow'],
  ['fh', 'fw'],
];

/** A vector of more elements than this stands up, so that it scrolls as a matrix does. */
const LONG_VECTOR = 256;

/** Arrays of six axes (the windows of im2col) can be cut into pictures in two ways. */
export type Cut = 'taps' | 'windows';

/**
 * The picture that fits an array: a heat map for a matrix or a vector, one image for what has few channels (x, dx),
 * small maps for what has many (filters, feature maps) or is made of patches.
 * @param cut which of its two planes an array of patches shows: positions (a picture per tap) or taps (one per window)
 */
export function viewOf(array: ArrayInfo, layer: LayerInfo | undefined, cut: Cut = 'taps'): PictureView {
  if (array.shape.length === 0) return { kind: 'number' };
  if (!layer) return plainView(array);
  const arrangement = array.arrangements[layer.name];
  const planes = PLANES.map(([row, column]) => [
    axisOf(arrangement, row),
    axisOf(arrangement, column),
  ]).filter(([row, column]) => row >= 0 && column >= 0);
  if (planes.length === 0) return matrixOf(array);
  if (planes.length === 2) {
    const [plane, grid] = cut === 'taps' ? planes : [planes[1], planes[0]];
    return { kind: 'maps', rowAxis: plane[0], columnAxis: plane[1], gridAxes: grid };
  }
  const [[rowAxis, columnAxis]] = planes;
  const gridAxes = arrangement.flatMap(([variable, ...others], axis) =>
    others.length === 0 && isMapVariable(variable, layer) && axis !== rowAxis && axis !== columnAxis
      ? [axis]
      : [],
  );
  return gridAxes.length > 0
    ? { kind: 'maps', rowAxis, columnAxis, gridAxes }
    : { kind: 'image', rowAxis, columnAxis };
}

/** The picture of an array whose axes have no names: images on its last two, if there are more than these. */
function plainView(array: ArrayInfo): PictureView {
  const { role, shape } = array;
  if (shape.length < 3) return matrixOf(array);
  const plane = { rowAxis: shape.length - 2, columnAxis: shape.length - 1 };
  const channels = shape.length - 3;
  return role === 'x' || channels === 0
    ? { kind: 'image', ...plane }
    : { kind: 'maps', ...plane, gridAxes: [channels] };
}

/** A matrix of one row is a vector, too: what a layer makes of one sample. */
function matrixOf({ shape }: ArrayInfo): PictureView {
  const axis = shape.length - 1;
  if (axis > 0 && shape[0] > 1) return { kind: 'matrix', rowAxis: 0, columnAxis: 1 };
  return shape[axis] > LONG_VECTOR ? { kind: 'matrix', rowAxis: axis } : { kind: 'matrix', columnAxis: axis };
}

/** The axes of an array whose position a user steps through, because the picture shows one position of them only. */
export function heldAxes(array: ArrayInfo, view: PictureView): number[] {
  const drawn = [view.rowAxis, view.columnAxis, ...(view.kind === 'maps' ? view.gridAxes : [])];
  return array.shape.flatMap((extent, axis) => (drawn.includes(axis) || extent < 2 ? [] : [axis]));
}

/** Channels are images of their own in x, maps side by side in everything that filters or poolings made. */
function isMapVariable(variable: Variable, layer: LayerInfo): boolean {
  return variable === 'f' || variable === 'cg' || (variable === 'c' && layer.kind !== 'convolution');
}

function axisOf(arrangement: Arrangement, variable: Variable): number {
  return arrangement.findIndex(variables => variables.length === 1 && variables[0] === variable);
}
