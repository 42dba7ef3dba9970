import { FormatError, throwIfCancelled, UnsupportedError } from '../../errors';
import { formatBytes } from '../../tensor';
import { MAX_WHOLE_FILE } from '../limits';

/** Bytes that can be read range by range: a file, a download, a part of either. Nothing is read before it is asked for. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /**
   * The `length` bytes from `offset` on; fewer only if the source ends before.
   * The caller does not write into the result: it may be a view of the source's own memory.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** The same without waiting, where the source can: a file on disk read from a worker, bytes in memory. */
  readSync?(offset: number, length: number): Uint8Array;
  /**
   * Puts the bytes from `offset` on into memory of the caller's, where the source can save a copy by that: as many as
   * `target` has, fewer only if the source ends before.
   * @returns how many
   */
  readInto?(offset: number, target: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<number>;
}

/** Bytes held in memory; reads are views, not copies. */
export function memoryBytes(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    readSync: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** The `size` bytes of `source` from `offset` on, as a source of their own. */
export function sliceSource(source: ByteSource, offset: number, size: number): ByteSource {
  const { readSync, readInto } = source;
  return {
    size,
    read: (start, length, signal) => source.read(offset + start, Math.min(length, size - start), signal),
    readSync: readSync && ((start, length) => readSync(offset + start, Math.min(length, size - start))),
    readInto:
      readInto &&
      ((start, target, signal) => readInto(offset + start, target.subarray(0, size - start), signal)),
  };
}

/**
 * Exactly `length` bytes from `offset` on.
 * @param format named in the error
 * @throws FormatError if the source ends before, saying how many bytes were needed where
 */
export async function readBytes(
  source: ByteSource,
  format: string,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  throwIfCancelled(signal);
  checkWithin(source, format, offset, length);
  const bytes = await source.read(offset, length, signal);
  throwIfCancelled(signal);
  checkGot(format, offset, length, bytes.length);
  return bytes;
}

/** As {@link readBytes}, into memory of the caller's: all of `target`. */
export async function readBytesInto(
  source: ByteSource,
  format: string,
  offset: number,
  target: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  if (!source.readInto) {
    target.set(await readBytes(source, format, offset, target.length, signal));
    return;
  }
  throwIfCancelled(signal);
  checkWithin(source, format, offset, target.length);
  const got = await source.readInto(offset, target, signal);
  throwIfCancelled(signal);
  checkGot(format, offset, target.length, got);
}

function checkWithin({ size }: ByteSource, format: string, offset: number, length: number): void {
  if (length <= size - offset) return;
  throw new FormatError(format, `needs ${length} bytes at ${offset}, the file ends at ${size}`);
}

function checkGot(format: string, offset: number, length: number, got: number): void {
  if (got === length) return;
  throw new FormatError(
    format,
    `got ${got} of ${length} bytes at ${offset}: the file was changed while it was open; open it again`,
  );
}

/**
 * The whole source, for formats that cannot be read in parts.
 * @throws UnsupportedError if it is larger than we are willing to hold
 */
export async function readWhole(
  source: ByteSource,
  format: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (source.size > MAX_WHOLE_FILE) {
    throw new UnsupportedError(
      `${format}: the file has ${formatBytes(source.size)}, and this format has to be read as a whole (at most ${formatBytes(MAX_WHOLE_FILE)}); save it as .npy`,
    );
  }
  return readBytes(source, format, 0, source.size, signal);
}
