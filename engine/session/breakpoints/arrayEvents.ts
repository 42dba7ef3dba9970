import { compactShape, type ArraySource } from '../../tensor';
import type { DataBreakpoint } from '../session';
import { findCells, findNotFinite, type FoundCells } from '../scan';

/**
 * What an array did that a data breakpoint waits for, in English; `undefined` if it did not.
 * @param lastShape the shape it had when it was last made
 * @throws CancelledError, and whatever reading the array throws
 */
export async function arrayEvent(
  { array, event, limit }: DataBreakpoint,
  source: ArraySource,
  lastShape: string | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  switch (event) {
    case 'notFinite': {
      const found = await findNotFinite(source, signal);
      return found && `${array}: NaN or ±Inf in ${placesOf(found, source)}`;
    }
    case 'allZero': {
      const other = await findCells(source, value => value !== 0, signal);
      return other ? undefined : `${array} ${compactShape(source.shape)} is all zero`;
    }
    case 'exceeds': {
      if (limit === undefined) return `${array}: the breakpoint has no limit to compare |x| with`;
      const found = await findCells(source, value => Math.abs(value) > limit, signal);
      return found && `${array}: |x| > ${limit} in ${placesOf(found, source)}, ${found.value}`;
    }
    case 'shapeChanges': {
      const shape = compactShape(source.shape);
      return lastShape === undefined || lastShape === shape
        ? undefined
        : `${array}: the shape was ${lastShape} and is ${shape}`;
    }
  }
}

/** `3 of 14400 values of (1,30,24,24), first at [0, 3, 1, 2]` */
export function placesOf({ count, index }: FoundCells, { shape }: ArraySource): string {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return `${count} of ${size} values of ${compactShape(shape)}, first at [${index.join(', ')}]`;
}
