import { Inflate, inflateSync } from 'fflate';
import { EngineError, FormatError, UnsupportedError } from '../../errors';
import { readBytes, sliceSource, type ByteSource } from '../bytes/byteSource';
import { concat, inflate, piecesOf } from '../bytes/inflate';
import { inflatedSource, type InflateCursor } from '../bytes/inflatedSource';
import { formatBytes } from '../../tensor';
import { inflateLimit } from '../limits';
import type { ZipMember } from './zipDirectory';

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 30;
const LOCAL_SIGNATURE = 0x04034b50;

/** Deflated bytes read at once to inflate the start of a member. */
const START_PIECE = 2 ** 9;

/** A member of this size is inflated at once. */
const SMALL = 2 ** 12;

/**
 * Reads the content of the members of a zip file. Deflated members are inflated as far as they are read, and share the
 * memory that saves doing so again.
 */
export class ZipContents {
  private readonly cursors: InflateCursor[] = [];

  constructor(private readonly source: ByteSource) {}

  /**
   * A member's content, uncompressed. A stored member is read by ranges; of a deflated one the first `head` bytes are
   * inflated now, without their checksum. Whoever reads to the end of it is told if the checksum is wrong.
   * @throws UnsupportedError if it is encrypted or compressed in another way,
   *   FormatError if it is damaged or would inflate to an unreasonable size
   */
  async open(member: ZipMember, head: number, signal?: AbortSignal): Promise<ByteSource> {
    if (member.encrypted) throw new UnsupportedError('is encrypted; save it without a password');
    if (member.method !== STORED && member.method !== DEFLATED) {
      throw new UnsupportedError(
        `is compressed by method ${member.method}; only stored and deflated are read`,
      );
    }
    const packed = await packedBytes(this.source, member, signal);
    if (member.method === STORED) return packed;
    if (member.size > inflateLimit(packed.size)) {
      throw new FormatError(
        'zip',
        `${formatBytes(packed.size)} would inflate to ${formatBytes(member.size)}: a zip bomb, or too large; it was not read`,
      );
    }
    const start = await inflateStart(packed, member.size, Math.min(head, member.size), signal);
    const open = () => inflate(asGzip(packed, member), 'gzip', 'zip');
    const whole = inflatedSource('zip', member.size, open, this.cursors);
    return {
      size: member.size,
      read: (offset, length, readSignal) =>
        offset + length <= start.length
          ? Promise.resolve(start.subarray(offset, offset + length))
          : whole.read(offset, length, readSignal),
    };
  }
}

/** The first `count` bytes of a deflated member; fewer if it ends before. */
async function inflateStart(
  packed: ByteSource,
  size: number,
  count: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const read = (at: number) => readBytes(packed, 'zip', at, Math.min(START_PIECE, packed.size - at), signal);
  try {
    // Not the platform's: that takes a millisecond to begin, and a file may have 70,000 members.
    if (packed.size <= START_PIECE && size <= SMALL) {
      return inflateSync(await read(0), { out: new Uint8Array(size) }).subarray(0, count);
    }
    const pieces: Uint8Array[] = [];
    let inflated = 0;
    const inflater = new Inflate(piece => {
      pieces.push(piece);
      inflated += piece.length;
    });
    for (let at = 0; inflated < count && at < packed.size; at += START_PIECE) inflater.push(await read(at));
    return concat(pieces).slice(0, count);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new FormatError('zip', 'the compressed bytes are damaged', undefined, { cause: error });
  }
}

async function packedBytes(source: ByteSource, member: ZipMember, signal?: AbortSignal): Promise<ByteSource> {
  const header = await readBytes(source, 'zip', member.headerAt, LOCAL_HEADER, signal);
  const view = new DataView(header.buffer, header.byteOffset, LOCAL_HEADER);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new FormatError('zip', 'a member is not where the directory says', member.headerAt);
  }
  // The name and the extra field may be longer here than in the directory: NumPy and PyTorch pad them.
  const at = member.headerAt + LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  const size = member.compressedSize;
  if (member.method === STORED && size !== member.size) {
    throw new FormatError(
      'zip',
      `a stored member claims ${member.size} bytes and has ${size}`,
      member.headerAt,
    );
  }
  if (size > source.size - at) {
    throw new FormatError('zip', `a member needs ${size} bytes at ${at}, the file ends at ${source.size}`);
  }
  return sliceSource(source, at, size);
}

/** Ten bytes that say: gzip, deflated, no name, no date. Source: RFC 1952, section 2.3. */
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** Deflated bytes dressed as gzip, so that the platform checks their CRC and length while it inflates. */
async function* asGzip(packed: ByteSource, { crc32, size }: ZipMember): AsyncGenerator<Uint8Array, void> {
  yield GZIP_HEADER;
  yield* piecesOf(packed, 'zip');
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  yield new Uint8Array(trailer.buffer);
}
