import { ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { EngineError, FormatError, UnsupportedError } from '../errors';
import { readBytes, sliceSource, type ByteSource } from './byteSource';
import { collect, firstBytes, inflate, piecesOf } from './inflate';
import { formatBytes, inflateLimit } from './limits';

/** A member of a zip file. */
export interface ZipMember {
  /** As written in the file: any text, even one that looks like a path out of the folder. It is never used as a path. */
  readonly name: string;
  readonly directory: boolean;
  readonly encrypted: boolean;
  readonly method: number;
  /** Position of the local header. */
  readonly headerAt: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
}

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 30;
const LOCAL_SIGNATURE = 0x04034b50;

/** Deflated bytes that hold the header of an array. */
const PACKED_START = 2 ** 15;

const MAX_MEMBERS = 200_000;

/** The directory is read at once. */
const MAX_DIRECTORY = 2 ** 28;

/**
 * The members in the order of the directory. zip.js reads the directory (zip64, name encodings, data before the zip);
 * the members' bytes we read ourselves, as stored ones can be read by ranges.
 * @throws FormatError if the directory is missing or damaged
 */
export async function readZipMembers(source: ByteSource, signal?: AbortSignal): Promise<ZipMember[]> {
  const reader = {
    size: source.size,
    readUint8Array(offset: number, length: number) {
      if (length > MAX_DIRECTORY) throw refused(`a directory of ${formatBytes(length)}`);
      return readBytes(source, 'zip', offset, Math.min(length, source.size - offset), signal);
    },
    // Asked for by the type; not used beside readUint8Array.
    readable: new ReadableStream(),
  };
  const members: ZipMember[] = [];
  try {
    const zip = new ZipReader(reader, { filenameValidation: 'tolerant' });
    for await (const entry of zip.getEntriesGenerator()) {
      if (members.length >= MAX_MEMBERS) throw refused(`more than ${MAX_MEMBERS} members`);
      members.push({
        name: entry.filename,
        directory: entry.directory,
        encrypted: entry.encrypted,
        method: entry.compressionMethod,
        headerAt: entry.offset,
        compressedSize: entry.compressedSize,
        size: entry.uncompressedSize,
        crc32: entry.crc32 ?? 0,
      });
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError('zip', `${reason}; the file is truncated or damaged`, undefined, { cause: error });
  }
  return members;
}

function refused(what: string): FormatError {
  return new FormatError('zip', `refuses ${what}`);
}

/**
 * Reads the content of the members of a zip file. Of all deflated members only the one that was read last is kept in
 * memory, so that reading it region by region inflates it once.
 */
export class ZipContents {
  private last?: { readonly member: ZipMember; readonly bytes: Promise<Uint8Array> };

  constructor(private readonly source: ByteSource) {}

  /**
   * A member's content, uncompressed. A stored member is read by ranges; of a deflated one the first `head` bytes are
   * inflated now, and all of it as soon as more is asked for.
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
    const start = await inflateStart(packed, member, Math.min(head, member.size), signal);
    return {
      size: member.size,
      read: async (offset, length) => {
        if (offset + length <= start.length) return start.subarray(offset, offset + length);
        if (this.last?.member !== member) {
          const inflated = inflate(asGzip(packed, member), 'gzip', 'zip');
          this.last = { member, bytes: collect(inflated, member.size, 'zip') };
        }
        return (await this.last.bytes).subarray(offset, offset + length);
      },
    };
  }
}

/** The first `count` bytes of a deflated member. */
async function inflateStart(
  packed: ByteSource,
  member: ZipMember,
  count: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const first = sliceSource(packed, 0, Math.min(packed.size, PACKED_START));
  try {
    // Platforms inflate far ahead of the reader, so they are given no more than is likely to be needed.
    return await firstBytes(inflate(asGzip(first, member, signal), 'gzip', 'zip'), count);
  } catch (error) {
    if (!(error instanceof FormatError) || first.size === packed.size) throw error;
    return firstBytes(inflate(asGzip(packed, member, signal), 'gzip', 'zip'), count);
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
async function* asGzip(
  packed: ByteSource,
  { crc32, size }: ZipMember,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  yield GZIP_HEADER;
  yield* piecesOf(packed, 'zip', signal);
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  yield new Uint8Array(trailer.buffer);
}
