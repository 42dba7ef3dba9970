import type { FileArray, TensorFileSummary } from './fileSummary';

/**
 * A summary on its way: its arrays as the bytes of JSON, which pass through threads and processes as they are. A list of
 * 50,000 objects would be copied, written and read again at each of them.
 */
export interface PackedSummary extends Omit<TensorFileSummary, 'arrays'> {
  readonly packedArrays: ArrayBuffer;
}

export function packSummary({ arrays, ...summary }: TensorFileSummary): PackedSummary {
  return { ...summary, packedArrays: new TextEncoder().encode(JSON.stringify(arrays)).slice().buffer };
}

/** The inverse of {@link packSummary}. */
export function unpackSummary({ packedArrays, ...summary }: PackedSummary): TensorFileSummary {
  const arrays = JSON.parse(new TextDecoder().decode(packedArrays)) as readonly FileArray[];
  return { ...summary, arrays };
}
