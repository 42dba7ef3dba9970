import { formatShape, sizeOf } from '../../../engine';
import type { FileArray } from '../../protocol';

/** An array with what the list shows, sorts and searches by. */
export interface ListedArray extends FileArray {
  readonly position: number;
  readonly shapeText: string;
  /** The dtype, or the element type in the file's own words where it has none. */
  readonly typeText: string;
  /** Elements; 0 where they are no numbers. */
  readonly parameters: number;
  /** All that the filter looks through, in lower case. */
  readonly searched: string;
}

export function listedArrays(arrays: readonly FileArray[]): readonly ListedArray[] {
  return arrays.map((array, position) => {
    const shapeText = formatShape(array.shape);
    const typeText = array.dtype ?? array.storedType;
    return {
      ...array,
      position,
      shapeText,
      typeText,
      parameters: array.dtype === undefined ? 0 : sizeOf(array.shape),
      searched: [array.name, shapeText, typeText, array.storedType].join('\n').toLowerCase(),
    };
  });
}
