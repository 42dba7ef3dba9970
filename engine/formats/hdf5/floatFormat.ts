import type { ElementFields } from './elements';
import { DATATYPE, headerMessages, SHARED } from './headerMessages';

/** Source: HDF5 File Format Specification 3.0, IV.A.2.d. What follows the class and the size of a 2-byte floating-point type: where its sign, exponent and mantissa lie. */
const HALF_FIELDS = [0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0];
const BFLOAT_FIELDS = [0, 0, 16, 0, 7, 8, 0, 7, 127, 0, 0, 0];

/**
 * The fields of a dataset, its floating-point numbers of 2 bytes told apart: the library says float16 of all of them.
 * @param header reads the beginning of the dataset's own header
 */
export function withShortFloats(fields: ElementFields, header: () => Uint8Array): ElementFields {
  if (!fields.numbers.some(({ dtype }) => dtype === 'float16')) return fields;
  const found = shortFloat(header());
  if (found === 'float16') return fields;
  const isShort = ({ dtype }: ElementFields['numbers'][number]): boolean => dtype === 'float16';
  if (found === 'bfloat16') {
    const numbers = fields.numbers.map(field =>
      isShort(field)
        ? { ...field, dtype: found, storedType: field.storedType.replace('float16', found) }
        : field,
    );
    return { ...fields, numbers };
  }
  const reason = 'its elements are floating-point numbers of 2 bytes of an unusual kind, which are not read';
  return {
    ...fields,
    numbers: fields.numbers.filter(field => !isShort(field)),
    unread: [...fields.unread, ...fields.numbers.filter(isShort).map(({ path }) => ({ path, reason }))],
  };
}

/** Undefined if they are neither of the two, or both. */
function shortFloat(head: Uint8Array): 'float16' | 'bfloat16' | undefined {
  const datatype = headerMessages(head).find(({ type }) => type === DATATYPE);
  // A type of its own, elsewhere in the file, is what h5py and Keras never write.
  if (!datatype || datatype.flags & SHARED) return 'float16';
  const isHalf = holds(datatype.data, HALF_FIELDS);
  const isBfloat = holds(datatype.data, BFLOAT_FIELDS);
  if (isHalf === isBfloat) return undefined;
  return isHalf ? 'float16' : 'bfloat16';
}

function holds(bytes: Uint8Array, part: readonly number[]): boolean {
  return bytes.some((_, at) => part.every((byte, i) => bytes[at + i] === byte));
}
