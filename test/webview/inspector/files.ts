import { bytesPerElement, sizeOf, type Shape } from '../../../engine';
import type { FileArray, TensorFileSummary } from '../../../webview/protocol';

/** An array of a file that is nowhere. */
export function fileArray(
  name: string,
  shape: Shape = [2, 3],
  dtype: FileArray['dtype'] = 'float32',
): FileArray {
  const byteLength = sizeOf(shape) * bytesPerElement(dtype);
  return { name, dtype, storedType: dtype, shape, byteLength, metadata: [] };
}

/** A file of these arrays. */
export function fileOf(arrays: readonly FileArray[]): TensorFileSummary {
  return { file: 'params.npz', format: 'npz', size: 1000, arrays, notes: [], metadata: [] };
}
