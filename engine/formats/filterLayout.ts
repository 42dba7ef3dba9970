import type { Shape } from '../tensor';

/** Filters are rarely larger. */
const LARGEST_FILTER = 11;

/** Formats of libraries that store filters as (FH, FW, C, FN). */
const FILTERS_LAST: readonly string[] = ['keras', 'tfjs'];

/**
 * Where the file has the axes (FN, C, FH, FW) of an array that Keras or TensorFlow stored as the filters of a layer:
 * (FH, FW, C, FN), or for a depthwise layer (FH, FW, C, 1), whose C filters have one channel each.
 * @param format of the file, see `FormatName`
 * @returns undefined if the array is nothing of the kind
 */
export function filterAxes(
  { name, shape }: { readonly name: string; readonly shape: Shape },
  format: string,
): readonly number[] | undefined {
  const [FH, FW, , FN] = shape;
  // Only Keras calls weights a kernel, also in HDF5.
  const isKernel = /kernel(:\d+)?$/.test(name) && (format === 'hdf5' || FILTERS_LAST.includes(format));
  const isSmall = Math.max(FH, FW) <= LARGEST_FILTER;
  if (shape.length !== 4 || !(isKernel || (FILTERS_LAST.includes(format) && isSmall))) return undefined;
  return /depthwise/i.test(name) && FN === 1 ? [2, 3, 0, 1] : [3, 2, 0, 1];
}
