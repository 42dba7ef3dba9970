import type { FileArray, TensorFileSummary } from './fileSummary';

/**
 * A summary on its way: its arrays as the bytes of JSON, which pass through threads and processes as they are. A list of
 * 50,000 objects would be copied, written and read again at each of them.
 */
export interface PackedSummary extends Omit<TensorFileSummary, 'arrays'> {
  readonly packedArrays: ArrayBuffer;
}

type ElementType = Pick<FileArray, 'dtype' | 'storedType'>;

/** The arrays without what they have in common: field names, the few types of a file, metadata that is not there. */
interface Packed {
  readonly types: readonly ElementType[];
  readonly rows: readonly Row[];
}

/** `type` is a position in the list of types. */
type Row = readonly [
  name: string,
  shape: FileArray['shape'],
  byteLength: number,
  type: number,
  metadata?: FileArray['metadata'],
];

export function packSummary({ arrays, ...summary }: TensorFileSummary): PackedSummary {
  const types: ElementType[] = [];
  const positions = new Map<string, number>();
  const typeOf = ({ dtype, storedType }: FileArray): number => {
    const key = `${dtype} ${storedType}`;
    let position = positions.get(key);
    if (position === undefined) {
      positions.set(key, (position = types.length));
      types.push({ dtype, storedType });
    }
    return position;
  };
  const rows = arrays.map((array): Row => {
    const { name, shape, byteLength, metadata } = array;
    const type = typeOf(array);
    return metadata.length > 0 ? [name, shape, byteLength, type, metadata] : [name, shape, byteLength, type];
  });
  const json = JSON.stringify({ types, rows } satisfies Packed);
  return { ...summary, packedArrays: new TextEncoder().encode(json).slice().buffer };
}

/** The inverse of {@link packSummary}. */
export function unpackSummary({ packedArrays, ...summary }: PackedSummary): TensorFileSummary {
  const { types, rows } = JSON.parse(new TextDecoder().decode(packedArrays)) as Packed;
  const arrays = rows.map(([name, shape, byteLength, type, metadata = []]): FileArray => {
    const { dtype, storedType } = types[type];
    return dtype === undefined
      ? { name, storedType, shape, byteLength, metadata }
      : { name, dtype, storedType, shape, byteLength, metadata };
  });
  return { ...summary, arrays };
}
