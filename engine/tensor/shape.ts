import { IndexError, ShapeError } from '../errors';

/** Extents of an array's axes, outermost first. An empty shape is a single number. */
export type Shape = readonly number[];

/** More axes than this is a lie or an attack, not a tensor (NumPy 2 allows 64, frameworks use at most 8). */
const MAX_AXES = 32;

/**
 * Number of elements of `shape`.
 * @throws ShapeError if an extent is not a whole number ≥ 0, there are over 32 axes, or the product is over 2^53
 */
export function sizeOf(shape: Shape): number {
  if (shape.length > MAX_AXES)
    throw new ShapeError(`shape has ${shape.length} axes, at most ${MAX_AXES} are supported`);
  let size = 1;
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0) {
      throw new ShapeError(
        `shape ${formatShape(shape)} has the extent ${extent}, which is not a whole number ≥ 0`,
      );
    }
    size *= extent;
  }
  // A zero extent makes the array empty whatever the others are.
  if (!Number.isSafeInteger(size) && !shape.includes(0)) {
    throw new ShapeError(`shape ${formatShape(shape)} has more elements than can be counted (2^53)`);
  }
  return shape.includes(0) ? 0 : size;
}

/** Elements to step over for one step along each axis, C order. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Position of `index` in C order. The index must already lie inside `shape`. */
export function ravel(index: readonly number[], shape: Shape): number {
  let flat = 0;
  for (let axis = 0; axis < shape.length; axis++) flat = flat * shape[axis] + index[axis];
  return flat;
}

/** The index of the C-order position `flat`; inverse of {@link ravel}. */
export function unravel(flat: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = flat % shape[axis];
    flat = Math.floor(flat / shape[axis]);
  }
  return index;
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/**
 * @throws IndexError if `index` has another length than `shape` or lies outside it
 */
export function checkIndex(index: readonly number[], shape: Shape): void {
  if (index.length !== shape.length) {
    throw new IndexError(
      `index [${index.join(', ')}] has ${index.length} axes, the array ${formatShape(shape)} has ${shape.length}`,
    );
  }
  index.forEach((i, axis) => {
    if (!Number.isInteger(i) || i < 0 || i >= shape[axis]) {
      throw new IndexError(
        `index ${i} is out of range 0…${shape[axis] - 1} on axis ${axis} of ${formatShape(shape)}`,
      );
    }
  });
}

/** A shape as NumPy prints it: `(1, 30, 24, 24)`, `(30,)`, `()`. */
export function formatShape(shape: readonly (number | string)[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** A shape where several stand in one line, as along a network: `(1,30,24,24)`. */
export function compactShape(shape: readonly (number | string)[]): string {
  return formatShape(shape).replaceAll(' ', '');
}
