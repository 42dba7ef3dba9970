import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { EngineError, FormatError, messageOf } from '../../errors';
import { nextTurn } from '../../tensor/nextTurn';
import { formatBytes } from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';

/** Bytes of a file, from `start` up to `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A field of a protobuf message. Its payload, a text, a message or packed numbers, is still in the file. */
export interface Field extends ByteRange {
  readonly number: number;
  readonly wire: WireType;
  /** The value of a varint as int64; 0 for other fields. */
  readonly value: bigint;
}

/** A file of protobuf messages, of which only what is asked for is read. */
export interface ProtobufFile {
  readonly size: number;
  /** The fields of the message in `range`, in the order of the file. @throws FormatError if it is damaged */
  fields(range: ByteRange): AsyncGenerator<Field, void>;
  /** The payload of a field. @throws FormatError if it takes more than `limit` bytes */
  bytes(range: ByteRange, limit: number): Promise<Uint8Array>;
  text(range: ByteRange): Promise<string>;
}

/** A tag takes at most 5 bytes, a varint or a length at most 10. */
const LONGEST_START = 15;

/** Bytes read at once: little after a jump, more as reading goes on side by side. */
const FIRST_WINDOW = 2 ** 12;
const LAST_WINDOW = 2 ** 20;

/** Bytes of a text. */
const MAX_TEXT = 2 ** 20;

/** Fields of all messages together: more would take minutes. */
const MAX_FIELDS = 2 ** 24;

/** Fields between two turns of the event loop. */
const FIELDS_PER_TURN = 2 ** 15;

/** The part of the file that is in memory. */
interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly reader: BinaryReader;
}

/**
 * What has been read is kept in one window: no two readings may go on at a time.
 * @param format named in errors
 */
export function protobufFile(source: ByteSource, format: string, signal?: AbortSignal): ProtobufFile {
  let window: Window = { start: 0, bytes: new Uint8Array(0), reader: new BinaryReader(new Uint8Array(0)) };
  let nextSize = FIRST_WINDOW;
  let fieldCount = 0;

  /** Makes the window hold the bytes of `range`. */
  const show = async ({ start, end }: ByteRange): Promise<void> => {
    const windowEnd = window.start + window.bytes.length;
    if (start >= window.start && end <= windowEnd) return;
    const goesOn = start >= window.start && start <= windowEnd;
    nextSize = goesOn ? Math.min(2 * nextSize, LAST_WINDOW) : FIRST_WINDOW;
    const size = Math.min(Math.max(end - start, nextSize), source.size - start);
    const bytes = await readBytes(source, format, start, size, signal);
    window = { start, bytes, reader: new BinaryReader(bytes) };
  };

  const field = (at: number, end: number): Field =>
    decoding(format, at, () => {
      const { reader, start } = window;
      reader.pos = at - start;
      const [number, wire] = reader.tag();
      const value = wire === WireType.Varint ? BigInt(reader.int64()) : 0n;
      const length = payloadLength(reader, wire);
      const payload = start + reader.pos;
      if (payload + length > end)
        throw new RangeError(`a field of ${length} bytes reaches beyond its message`);
      return { number, wire, value, start: payload, end: payload + length };
    });

  const bytes = async (range: ByteRange, limit: number): Promise<Uint8Array> => {
    const length = range.end - range.start;
    if (length > limit) {
      throw new FormatError(format, `${formatBytes(length)} where at most ${formatBytes(limit)} make sense`);
    }
    await show(range);
    return window.bytes.subarray(range.start - window.start, range.end - window.start);
  };

  return {
    size: source.size,
    async *fields({ start, end }) {
      for (let at = start; at < end;) {
        if (++fieldCount % FIELDS_PER_TURN === 0) await nextTurn(signal);
        if (fieldCount > MAX_FIELDS) throw new FormatError(format, `has more than ${MAX_FIELDS} fields`);
        await show({ start: at, end: Math.min(at + LONGEST_START, end) });
        const found = field(at, end);
        yield found;
        at = found.end;
      }
    },
    bytes,
    text: async range => new TextDecoder().decode(await bytes(range, MAX_TEXT)),
  };
}

/**
 * What `decode` makes of bytes at a position of the file, with the library's complaints as ours.
 * @throws FormatError instead of any error of another kind
 */
export function decoding<T>(format: string, at: number, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new FormatError(
      format,
      `${messageOf(error)}; the file is truncated, damaged or of another format`,
      at,
      {
        cause: error,
      },
    );
  }
}

/** Bytes of a field's payload after its tag, and after its value if that is a varint. */
function payloadLength(reader: BinaryReader, wire: WireType): number {
  switch (wire) {
    case WireType.Varint:
      return 0;
    case WireType.Bit32:
      return 4;
    case WireType.Bit64:
      return 8;
    case WireType.LengthDelimited:
      return reader.uint32();
    default:
      throw new Error('groups, which the format does not have');
  }
}
