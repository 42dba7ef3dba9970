import { FormatError, UnsupportedError } from '../../errors';
import { readBytes, sliceSource, type ByteSource } from '../bytes/byteSource';
import { concat } from '../bytes/inflate';
import { formatBytes } from '../../tensor';
import { MAX_WHOLE_FILE } from '../limits';
import { fromCharCodes } from './latin1';

/** Bytes looked ahead. Payloads are stepped over, so a file of large arrays is hardly read at all. */
const WINDOW = 2 ** 16;

const NEWLINE = 0x0a;

/** The longest opcode with the part of its argument that has a fixed length. */
const FIXED = 9;

/** Reads a pickle from front to back. Every method throws a FormatError where the file ends too early. */
export class PickleReader {
  private window: Uint8Array = new Uint8Array(0);
  /** Position of the window in the file. */
  private windowAt = 0;
  private next: number;

  /** @param start position of the first byte that is read */
  constructor(
    private readonly source: ByteSource,
    private readonly signal: AbortSignal | undefined,
    start = 0,
  ) {
    this.next = start;
  }

  /** Position of the byte that comes next. */
  get position(): number {
    return this.next;
  }

  /** Goes on at a later position. */
  skipTo(position: number): void {
    this.need(position - this.next);
    this.next = position;
  }

  /** Reads ahead, so that the parts of fixed length of the next opcode can be taken at once; undefined if they are there. */
  prepare(): Promise<unknown> | undefined {
    if (this.holds(FIXED)) return undefined;
    return this.lookAhead(Math.min(FIXED, this.source.size - this.next));
  }

  /** An unsigned little-endian number. Beyond 2^53 the last digits are lost; such a number can only be a false length. */
  unsigned(bytes: 1 | 2 | 4 | 8): number {
    this.need(bytes);
    const start = this.next - this.windowAt;
    this.next += bytes;
    let value = 0;
    for (let i = start + bytes - 1; i >= start; i--) value = value * 256 + this.window[i];
    return value;
  }

  /** A signed little-endian number of 4 bytes. */
  signed4(): number {
    return this.unsigned(4) | 0;
  }

  /** A big-endian float64. */
  float8(): number {
    const bytes = this.fixed(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  }

  /** A whole number of `length` bytes: little-endian, two's complement. */
  async integer(length: number): Promise<number | bigint> {
    if (length < 0 || length > 1024) {
      throw new FormatError('pickle', `a whole number of ${length} bytes is refused`, this.next);
    }
    const digits = Array.from(await this.take(length), byte => byte.toString(16).padStart(2, '0'));
    return smallest(BigInt.asIntN(8 * length, BigInt(`0x0${digits.reverse().join('')}`)));
  }

  /** UTF-8 text of `length` bytes. */
  async text(length: number): Promise<string> {
    const at = this.next;
    const bytes = await this.take(length);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new FormatError('pickle', 'a text is not UTF-8', at);
    }
  }

  /** A Python 2 string of `length` bytes, byte for byte. */
  async latin1(length: number): Promise<string> {
    return fromCharCodes(await this.take(length));
  }

  /** The `length` bytes that come next, left in the file. */
  payload(length: number): ByteSource {
    const at = this.next;
    this.need(length);
    this.next += length;
    return sliceSource(this.source, at, length);
  }

  /** The text up to the next newline, byte for byte. */
  async line(): Promise<string> {
    return fromCharCodes(await this.lineBytes());
  }

  /** The bytes up to the next newline, which is taken too. */
  async lineBytes(): Promise<Uint8Array> {
    const start = this.next;
    const parts: Uint8Array[] = [];
    while (this.next - start <= MAX_WHOLE_FILE) {
      const ahead = await this.lookAhead(1);
      const end = ahead.indexOf(NEWLINE);
      parts.push(end < 0 ? ahead : ahead.subarray(0, end));
      this.next += end < 0 ? ahead.length : end + 1;
      if (end >= 0) return concat(parts);
    }
    throw new FormatError('pickle', 'a line has no end', start);
  }

  private holds(length: number): boolean {
    return this.next + length <= this.windowAt + this.window.length;
  }

  private need(length: number): void {
    if (length < 0 || length > this.source.size - this.next) {
      throw new FormatError(
        'pickle',
        `needs ${length} bytes at ${this.next}, the file ends at ${this.source.size}; it is truncated or damaged`,
      );
    }
  }

  private fixed(length: number): Uint8Array {
    this.need(length);
    const start = this.next - this.windowAt;
    this.next += length;
    return this.window.subarray(start, start + length);
  }

  private async take(length: number): Promise<Uint8Array> {
    this.need(length);
    if (length > MAX_WHOLE_FILE) {
      throw new UnsupportedError(
        `pickle: a text of ${formatBytes(length)} is too long to be read; save the arrays with protocol 4, or as .npz`,
      );
    }
    const bytes = await this.lookAhead(length);
    this.next += length;
    return bytes.subarray(0, length);
  }

  /** At least `length` bytes from here on, without moving. */
  private async lookAhead(length: number): Promise<Uint8Array> {
    this.need(length);
    if (!this.holds(length)) {
      const size = Math.min(Math.max(length, WINDOW), this.source.size - this.next);
      this.window = await readBytes(this.source, 'pickle', this.next, size, this.signal);
      this.windowAt = this.next;
    }
    return this.window.subarray(this.next - this.windowAt);
  }
}

/** A number where that is exact, a bigint elsewhere. */
export function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
