import type { KnownValues } from '../../views/statistics/Numbers';
import type { ShownArray } from './shownArray';
import type { ValueKind } from './viewChoices';

/** Greatest values that pictures are stored with. */
const PICTURE_MAXIMA = [1, 255];

/**
 * What kind of values an array has: an image (bytes, or a picture's shape with values of 0 to 1 or to 255), values
 * about zero, or others. Undefined while that cannot be told.
 */
export function valueKindOf(
  { whole, reading }: ShownArray,
  values: KnownValues | undefined,
): ValueKind | undefined {
  if (whole.dtype === 'uint8' || whole.dtype === 'bool') return 'image';
  if (!values) return undefined;
  const { min, max } = values;
  if (min < 0) return 'signed';
  const mayBeImage =
    whole.shape.length === 2 || (reading.layout !== 'plain' && !reading.layout.startsWith('filters'));
  return mayBeImage && PICTURE_MAXIMA.some(limit => max <= limit && max > limit / 2) ? 'image' : 'other';
}
