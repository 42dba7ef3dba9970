import type { SpatialAxis } from '../../../conv';
import { tapsCounted, tapsInside } from '../../reference/pooling';
import { stretchOf, windowsOver } from '../convolution/convolutionBoxes';
import type { Range } from '../memory/pieces';

/** Some rows of planes of x, and the windows that are computed of them or that they are computed of. */
export interface Rows {
  readonly h: Range;
  readonly oh: Range;
}

/** The rows of planes in so many parts. @param written of which of them no part has any in common with another */
export function rowsOf(vertical: SpatialAxis, written: keyof Rows, parts: number): Rows[] {
  const { size, out } = vertical;
  if (parts <= 1) return [{ h: [0, size], oh: [0, out] }];
  const extent = written === 'oh' ? out : size;
  const step = Math.ceil(extent / parts);
  return Array.from({ length: Math.ceil(extent / step) }, (_, part): Rows => {
    const range = [part * step, Math.min((part + 1) * step, extent)] as const;
    return written === 'oh'
      ? { h: stretchOf(vertical, range).inside, oh: range }
      : { h: range, oh: windowsOver(vertical, range) };
  });
}

/** Bytes of what {@link spans} says of a window. */
export const SPAN_BYTES = 12;

/** For each window its first tap inside x, the end of those, and how many taps a divisor counts. */
export function spans(axis: SpatialAxis, countIncludePad: boolean): Int32Array {
  return Int32Array.from(
    tapsInside(axis).flatMap((landings, o) => {
      const first = landings.at(0)?.tap ?? 0;
      return [first, first + landings.length, tapsCounted(axis, countIncludePad, o)];
    }),
  );
}

/** The windows along an axis that have all of their taps inside x. */
export function windowsInside(axis: SpatialAxis): { firstInside: number; endInside: number } {
  const isInside = tapsInside(axis).map(landings => landings.length === axis.window);
  const firstInside = isInside.indexOf(true);
  return firstInside < 0
    ? { firstInside: 0, endInside: 0 }
    : { firstInside, endInside: isInside.lastIndexOf(true) + 1 };
}
