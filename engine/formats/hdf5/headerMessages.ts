/** Bytes of an object's header that are looked at; what is asked for is among the first things that it says. */
export const HEADER_LENGTH = 4096;

/** Types of messages, and a flag of theirs: HDF5 File Format Specification 3.0, IV.A.1 and IV.A.2. */
export const DATATYPE = 3;
export const DATA_LAYOUT = 8;
export const SHARED = 2;

interface Message {
  readonly type: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

/** The messages of the first part of an object's header, as far as they are here. Source: the specification, IV.A.1. */
export function headerMessages(head: Uint8Array): Message[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isNew = String.fromCharCode(...head.subarray(0, 4)) === 'OHDR';
  if (head.length < 16) return [];
  const flags = isNew ? head[5] : 0;
  // Of the new headers the times and the limits of attributes may be left out, and the size is 1 to 8 bytes long.
  const sizeAt = isNew ? 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0) : 8;
  const sizeLength = isNew ? 2 ** (flags & 3) : 4;
  const start = isNew ? sizeAt + sizeLength : 16;
  const size = head.subarray(sizeAt, sizeAt + sizeLength).reduceRight((high, byte) => 256 * high + byte, 0);
  const end = Math.min(head.length, start + size);
  const prefix = isNew ? (flags & 4 ? 6 : 4) : 8;
  const found: Message[] = [];
  for (let at = start; at + prefix <= end;) {
    const [type, length, messageFlags] = isNew
      ? [head[at], view.getUint16(at + 1, true), head[at + 3]]
      : [view.getUint16(at, true), view.getUint16(at + 2, true), head[at + 4]];
    found.push({ type, flags: messageFlags, data: head.subarray(at + prefix, at + prefix + length) });
    at += prefix + length;
  }
  return found;
}
