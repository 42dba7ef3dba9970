import { FormatError } from '../../errors';
import { formatBytes } from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';

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

const END = { signature: 0x06054b50, size: 22 };
const END64 = { signature: 0x06064b50, size: 56 };
const LOCATOR64 = { signature: 0x07064b50, size: 20 };
const ENTRY = { signature: 0x02014b50, size: 46 };

/** The end record is followed by a comment of at most this length. */
const MAX_COMMENT = 0xffff;

const MAX_MEMBERS = 1_000_000;

/** The directory is read at once. */
const MAX_DIRECTORY = 2 ** 28;

/** Stands for a number that the zip64 record or field has. */
const IN_ZIP64 = 0xffffffff;

/** Characters 128 to 255 of code page 437, in which names without the UTF-8 flag are written. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The members in the order of the directory. Our own reader, as the maintained ones make so much of each entry
 * (zip.js: 2 s and 630 MB for 70,000) or read no ranges; we need no more than names and places.
 * Source: APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16, 4.4, 4.5.3 and appendix D.
 * @throws FormatError if the directory is missing or damaged
 */
export async function readZipMembers(source: ByteSource, signal?: AbortSignal): Promise<ZipMember[]> {
  const { claimedAt, size, end } = await findDirectory(source, signal);
  if (size > MAX_DIRECTORY) throw new FormatError('zip', `refuses a directory of ${formatBytes(size)}`);
  // Positions count from the start of the zip, before which there may be other bytes.
  const before = end - size - claimedAt;
  if (before < 0) throw damaged(`the directory at ${claimedAt} reaches into its own end record`);
  const bytes = await readBytes(source, 'zip', end - size, size, signal);
  const view = viewOf(bytes);
  const members: ZipMember[] = [];
  for (let at = 0; at < size;) {
    if (at + ENTRY.size > size || view.getUint32(at, true) !== ENTRY.signature) {
      throw damaged(`the directory has no entry at ${end - size + at}`);
    }
    if (members.length >= MAX_MEMBERS)
      throw new FormatError('zip', `refuses more than ${MAX_MEMBERS} members`);
    const next =
      at + ENTRY.size + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
    if (next > size) throw damaged('the last entry of the directory is cut');
    members.push(memberAt(bytes, view, at, before));
    at = next;
  }
  return members;
}

function memberAt(bytes: Uint8Array, view: DataView, at: number, before: number): ZipMember {
  const flags = view.getUint16(at + 8, true);
  const extraAt = at + ENTRY.size + view.getUint16(at + 28, true);
  const name = nameOf(bytes.subarray(at + ENTRY.size, extraAt), (flags & 0x800) !== 0);
  const extra = zip64Extra(view, extraAt, view.getUint16(at + 30, true));
  // The zip64 field holds, in this order, only what does not fit here.
  const wide = (field: number): number => {
    const value = view.getUint32(at + field, true);
    return value === IN_ZIP64 ? (extra.next() ?? value) : value;
  };
  const size = wide(24);
  const compressedSize = wide(20);
  return {
    name,
    directory: name.endsWith('/'),
    encrypted: (flags & 1) !== 0,
    method: view.getUint16(at + 10, true),
    headerAt: before + wide(42),
    compressedSize,
    size,
    crc32: view.getUint32(at + 16, true),
  };
}

/** The numbers of the zip64 extra field, one after the other; undefined where there are no more. */
function zip64Extra(view: DataView, at: number, length: number): { next(): number | undefined } {
  let next = 0;
  let end = 0;
  for (let field = at; field + 4 <= at + length; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    next = field + 4;
    end = Math.min(at + length, next + view.getUint16(field + 2, true));
    break;
  }
  return {
    next() {
      if (next + 8 > end) return undefined;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    },
  };
}

const utf8 = new TextDecoder();

function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8 || bytes.every(byte => byte < 0x80)) return utf8.decode(bytes);
  return Array.from(bytes, byte => (byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80])).join('');
}

interface Directory {
  /** Where the file says that it begins, and how many bytes it has. */
  readonly claimedAt: number;
  readonly size: number;
  /** Where it really ends. */
  readonly end: number;
}

async function findDirectory(source: ByteSource, signal?: AbortSignal): Promise<Directory> {
  const tailSize = Math.min(source.size, LOCATOR64.size + END.size + MAX_COMMENT);
  const tailAt = source.size - tailSize;
  const tail = viewOf(await readBytes(source, 'zip', tailAt, tailSize, signal));
  let at = tailSize - END.size;
  // The record whose comment ends where the file ends; the signature may occur in the comment itself.
  const isEnd = (): boolean =>
    tail.getUint32(at, true) === END.signature && at + END.size + tail.getUint16(at + 20, true) <= tailSize;
  while (at >= 0 && !isEnd()) at--;
  if (at < 0) throw damaged('there is no end of central directory record');
  const short = {
    claimedAt: tail.getUint32(at + 16, true),
    size: tail.getUint32(at + 12, true),
    end: tailAt + at,
  };

  const locator = at - LOCATOR64.size;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64.signature) return short;
  const claimed = Number(tail.getBigUint64(locator + 8, true));
  // Where other bytes come before the zip, the record still lies directly before its locator.
  for (const position of [claimed, tailAt + locator - END64.size]) {
    if (position < 0 || position + END64.size > tailAt + locator) continue;
    const record = viewOf(await readBytes(source, 'zip', position, END64.size, signal));
    if (record.getUint32(0, true) !== END64.signature) continue;
    return {
      claimedAt: Number(record.getBigUint64(48, true)),
      size: Number(record.getBigUint64(40, true)),
      end: position,
    };
  }
  throw damaged('the zip64 end record is not where its locator says');
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

function damaged(problem: string): FormatError {
  return new FormatError('zip', `${problem}; the file is truncated or damaged`);
}
