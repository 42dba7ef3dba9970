import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { FormatError, messageOf, throwIfCancelled } from '../../engine';
import type { ByteSource } from '../../engine/formats';

/** Tells one version of a file from the next. */
export interface FileVersion {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A file on disk as it was when something was read from it. */
export interface DiskFile {
  readonly path: string;
  readonly version: FileVersion;
}

/** @throws FormatError if there is no such file, or it cannot be read */
export async function fileVersion(path: string): Promise<FileVersion> {
  const found = await stat(path).catch((error: unknown) => refuse(path, error));
  if (!found.isFile()) throw new FormatError(basename(path), 'this is not a file; choose a file of arrays');
  return { size: found.size, mtimeMs: found.mtimeMs };
}

/**
 * A file on disk, read by ranges, from a worker. It is opened for each read, so that nothing stays locked or leaks, and
 * every read makes sure that the file is still the one it was: a mix of two versions would be wrong without looking
 * wrong. Only the reading itself is waited for; to open and close a file takes less time than to wait for it.
 *
 * @param version the file as it was when it was indexed
 */
export function fileSource(path: string, version: FileVersion): ByteSource {
  const within = (offset: number, length: number): number =>
    Math.max(0, Math.min(length, version.size - offset));
  const openUnchanged = (): number => {
    const file = openForReading(path);
    const { size, mtimeMs } = fstatSync(file);
    if (isSameVersion({ size, mtimeMs }, version)) return file;
    closeSync(file);
    throw new FormatError(
      basename(path),
      'the file was changed on disk while it was open; open it again, or restart the run',
    );
  };
  const readInto = async (
    offset: number,
    target: Uint8Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<number> => {
    throwIfCancelled(signal);
    const file = openUnchanged();
    try {
      return await readRange(file, offset, target.subarray(0, within(offset, target.length)));
    } finally {
      closeSync(file);
    }
  };
  return {
    size: version.size,
    async read(offset, length, signal) {
      const bytes = new Uint8Array(within(offset, length));
      return bytes.subarray(0, await readInto(offset, bytes, signal));
    },
    readInto,
    readSync(offset, length) {
      const file = openUnchanged();
      try {
        return readRangeSync(file, offset, within(offset, length));
      } finally {
        closeSync(file);
      }
    },
  };
}

export function isSameVersion(a: FileVersion | undefined, b: FileVersion | undefined): boolean {
  return a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

export function areSameFiles(a: readonly DiskFile[], b: readonly DiskFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ path, version }, i) => path === b[i].path && isSameVersion(version, b[i].version))
  );
}

const readWaiting = promisify(read);

async function readRange(file: number, offset: number, target: Uint8Array<ArrayBuffer>): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await readWaiting(file, target, filled, target.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function readRangeSync(file: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const bytesRead = readSync(file, bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function openForReading(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    return refuse(path, error);
  }
}

function refuse(path: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason =
    code === 'ENOENT'
      ? `there is no such file (any more): ${path}`
      : code === 'EACCES' || code === 'EPERM'
        ? `you may not read this file: ${path}`
        : `the file cannot be read: ${messageOf(error)}`;
  throw new FormatError(basename(path), reason, undefined, { cause: error });
}
