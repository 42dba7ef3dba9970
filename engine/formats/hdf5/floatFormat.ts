import type { ElementFields } from './elements';

/** Bytes of an object's header that are looked at; a datatype is among the first things that it says. */
const HEAD = 4096;

/** From HDF5 File Format Specification 3.0, IV.A.1 (header), IV.A.2.d (datatype). */
const DATATYPE = 3;
const SHARED = 2;

/** What follows the class and the size of a 2-byte floating-point type: where its sign, exponent and mantissa lie. */
const HALF_FIELDS = [0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0];
const BFLOAT_FIELDS = [0, 0, 16, 0, 7, 8, 0, 7, 127, 0, 0, 0];

/**
 * The fields of a dataset, its floating-point numbers of 2 bytes told apart: the library says float16 of all of them.
 * @param header reads the beginning of the dataset's own header
 */
export function withShortFloats(
  fields: ElementFields,
  header: (length: number) => Uint8Array,
): ElementFields {
  if (!fields.numbers.some(({ dtype }) => dtype === 'float16')) return fields;
  const found = shortFloat(header(HEAD));
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
  const datatype = messages(head).find(({ type }) => type === DATATYPE);
  // A type of its own, elsewhere in the file, is what h5py and Keras never write.
  if (!datatype || datatype.flags & SHARED) return 'float16';
  const isHalf = holds(datatype.data, HALF_FIELDS);
  const isBfloat = holds(datatype.data, BFLOAT_FIELDS);
  if (isHalf === isBfloat) return undefined;
  return isHalf ? 'float16' : 'bfloat16';
}

interface Message {
  readonly type: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

/** The messages at the beginning of an object's header, as far as they are here. */
function messages(head: Uint8Array): Message[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isNew = String.fromCharCode(...head.subarray(0, 4)) === 'OHDR';
  const flags = isNew && head.length > 5 ? head[5] : 0;
  // Of the new headers the times and the limits of attributes may be left out, and the size is 1 to 8 bytes long.
  const start = isNew ? 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0) + 2 ** (flags & 3) : 16;
  const prefix = isNew ? (flags & 4 ? 6 : 4) : 8;
  const found: Message[] = [];
  for (let at = start; at + prefix <= head.length;) {
    const [type, size, messageFlags] = isNew
      ? [head[at], view.getUint16(at + 1, true), head[at + 3]]
      : [view.getUint16(at, true), view.getUint16(at + 2, true), head[at + 4]];
    found.push({ type, flags: messageFlags, data: head.subarray(at + prefix, at + prefix + size) });
    at += prefix + size;
  }
  return found;
}

function holds(bytes: Uint8Array, part: readonly number[]): boolean {
  return bytes.some((_, at) => part.every((byte, i) => bytes[at + i] === byte));
}
