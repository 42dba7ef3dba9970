import { formatShape, sliceShape, type Slice } from '../../../engine';
import type { StatisticsProps } from '../../views/statistics/Statistics';
import { typeText } from '../typeWords';
import { cutName } from '../words';
import { sliceId, sliceName, type ShownArray } from './shownArray';

/** A part of an array that is described, saved or copied. */
export interface ShownPart extends Pick<StatisticsProps, 'name' | 'shape' | 'dtype'> {
  readonly slice: Slice;
  /** What requests call it. */
  readonly id: string;
  /** Whether it is less than the array. */
  readonly isPart: boolean;
}

export function partOf({ whole, position }: ShownArray, slice: Slice): ShownPart {
  const name = sliceName(whole.name, slice, whole.shape);
  return {
    slice,
    id: sliceId(position, slice, whole.shape),
    name: cutName(name),
    shape: sliceShape(slice),
    dtype: whole.dtype,
    isPart: name !== whole.name,
  };
}

/** `W1[3, 0] (5, 5) float64` */
export function partText({ whole }: ShownArray, { name, shape }: ShownPart): string {
  return `${name} ${formatShape(shape)} ${typeText(whole)}`;
}
