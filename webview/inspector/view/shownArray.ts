import {
  composeRegions,
  formatSlice,
  parseSlice,
  sliceShape,
  type DType,
  type Shape,
  type Slice,
} from '../../../engine';
import { arrayId, type FileArray } from '../../protocol';
import type { AxisLabels } from '../../views/pictures/axes';
import type { PictureArray } from '../../views/pictures/picture';
import { readShape, type AxisName, type ShapeReading } from './shapeReading';

/** An array of numbers. */
export interface NumberArray extends FileArray {
  readonly dtype: DType;
  /** The file's format, which tells how filters lie in it. */
  readonly format: string;
}

/** A slice of an array of a file, as the views draw it. */
export interface ShownArray {
  readonly whole: NumberArray;
  readonly position: number;
  readonly slice: Slice;
  readonly array: PictureArray;
  /** Positions are called as in the whole array. */
  readonly axes: readonly AxisLabels[];
  /** What the axes of the slice are. */
  readonly names: readonly AxisName[];
  /** What the whole array is taken for. */
  readonly reading: ShapeReading;
}

/** @param text an expression that `parseSlice` reads. @throws IndexError */
export function showSlice(whole: NumberArray, position: number, text: string): ShownArray {
  const slice = parseSlice(text, whole.shape);
  const reading = readShape(whole);
  const names = slice.kept.map(axis => reading.names[axis]);
  return {
    whole,
    position,
    slice,
    reading,
    names,
    array: {
      id: sliceId(position, slice, whole.shape),
      name: sliceName(whole.name, slice, whole.shape),
      dtype: whole.dtype,
      shape: sliceShape(slice),
      role: 'array',
      originOf: index => originOf(slice, index),
    },
    axes: slice.kept.map((axis, at) => sliceAxis(slice, axis, names[at])),
  };
}

/** What requests call a slice of the array at a position of the file. */
export function sliceId(position: number, slice: Slice, shape: Shape): string {
  return arrayId(position, bracketed(formatSlice(slice, shape)));
}

/** `W1[3, 0]`; the array's name alone for all of it. */
export function sliceName(name: string, slice: Slice, shape: Shape): string {
  return `${name}${bracketed(formatSlice(slice, shape))}`;
}

function bracketed(text: string): string {
  return text === '' ? '' : `[${text}]`;
}

/** Where an element of the slice is in the whole array. */
function originOf(slice: Slice, index: readonly number[]): number[] {
  const region = index.map(start => ({ start, count: 1, step: 1 }));
  return composeRegions(slice, region).map(({ start }) => start);
}

function sliceAxis({ region }: Slice, axis: number, name: AxisName): AxisLabels {
  const { start, count, step } = region[axis];
  const label = (position: number): string => `${name}${start + position * step}`;
  return { extent: count, extents: [count], isNamed: name !== '', label, part: label };
}
