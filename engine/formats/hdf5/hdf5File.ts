import type { H5Module } from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import { EngineError, FormatError, messageOf, UnsupportedError } from '../../errors';
import { memoryBytes, readWhole, sliceSource, type ByteSource } from '../bytes/byteSource';
import { createBoxCache, type BoxCache } from './boxCache';
import { HEADER_LENGTH } from './headerMessages';

/** An HDF5 file and the library that reads it, in a WebAssembly instance that is this file's own. */
export interface Hdf5File {
  /** Bytes of the file. */
  readonly size: number;
  /** The file from where its addresses count on. */
  readonly source: ByteSource;
  /** Whether addresses and lengths in the file are of 8 bytes each, as they nearly always are. */
  readonly hasLongAddresses: boolean;
  /** The first bytes of an object's header. @param reference the address of the object, as the library gives it */
  objectHeader(reference: readonly number[]): Uint8Array;
  /** What was decompressed of it. */
  readonly chunks: BoxCache;
  /**
   * Calls the library. `work` runs in one go.
   * @throws FormatError if the library fails, UnsupportedError if it asks for another file, what `work` throws
   */
  use<T>(work: (h5: H5Module, file: bigint) => T): Promise<T>;
}

interface Instance {
  readonly h5: H5Module;
  readonly file: bigint;
  /** Why the library could not get at bytes. */
  readonly refusals: EngineError[];
  broken: boolean;
}

/** `\x89HDF\r\n\x1a\n` */
export const HDF5_SIGNATURE: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The file's name in the instance's file system, where it is all there is. */
const FOLDER = '/';
const NAME = 'file.h5';

/** From Emscripten's musl: errno.h, fcntl.h. */
const ENOENT = 44;
const EIO = 29;
const EROFS = 69;
const O_EXCL = 0o200;
const O_DIRECTORY = 0o200000;

/** The instance's memory never shrinks; one that has grown beyond this is not kept. */
const MAX_KEPT_MEMORY = 2 ** 27;

/** Bytes of decompressed chunks that are kept. */
const MAX_CHUNKS = 3 * 2 ** 25;

/**
 * Opens `source` by h5wasm. The library reads ranges as it needs them; where the source cannot be read at once, it is
 * read as a whole. Damaged files can bring the library down, and a failed call leaves its memory in an unknown state:
 * the instance is then thrown away, and the next call gets another.
 * @throws FormatError if this is no HDF5 file, UnsupportedError
 */
export async function openHdf5File(source: ByteSource, signal?: AbortSignal): Promise<Hdf5File> {
  const bytes = source.readSync ? source : memoryBytes(await readWhole(source, 'hdf5', signal));
  const base = baseOf(bytes);
  let instance: Promise<Instance> | undefined;

  const running = async (): Promise<Instance> => {
    for (;;) {
      const current = await (instance ??= start(bytes));
      if (!current.broken) return current;
      instance = undefined;
    }
  };

  const file: Hdf5File = {
    size: source.size,
    source: sliceSource(bytes, base, source.size - base),
    hasLongAddresses: hasLongAddresses(bytes.readSync?.(base, SUPERBLOCK) ?? new Uint8Array(0)),
    objectHeader(reference) {
      const address = reference.reduceRight((high, byte) => 256 * high + byte, 0);
      return bytes.readSync?.(base + address, HEADER_LENGTH) ?? new Uint8Array(0);
    },
    chunks: createBoxCache(MAX_CHUNKS),
    async use(work) {
      const current = await running();
      current.refusals.length = 0;
      try {
        const result = work(current.h5, current.file);
        current.broken = current.h5.HEAPU8.length > MAX_KEPT_MEMORY;
        return result;
      } catch (error) {
        current.broken = true;
        throw explain(error, current.refusals);
      }
    },
  };
  await running();
  return file;
}

/** What addresses count from: the signature, which blocks of the user's own may come before. Source: the specification, II.A. */
function baseOf({ size, readSync }: ByteSource): number {
  for (let at = 0; at < size; at = Math.max(512, 2 * at)) {
    const head = readSync?.(at, HDF5_SIGNATURE.length) ?? new Uint8Array(0);
    if (HDF5_SIGNATURE.every((byte, i) => head[i] === byte)) return at;
  }
  return 0;
}

/** Of the superblock this much is looked at. */
const SUPERBLOCK = 16;

/** Where the superblock says how long addresses and lengths are depends on its version. Source: the specification, II.A. */
function hasLongAddresses(superblock: Uint8Array): boolean {
  const at = superblock[HDF5_SIGNATURE.length] < 2 ? 13 : 9;
  return superblock[at] === 8 && superblock[at + 1] === 8;
}

async function start(source: ByteSource): Promise<Instance> {
  // Not `h5wasm` itself, which makes a single instance for all files.
  const { default: createModule } = await import('../../../node_modules/h5wasm/dist/esm/hdf5_util.js');
  const silent = (): void => undefined;
  const h5 = await createModule({ print: silent, printErr: silent });
  const refusals = mount(h5, source);
  h5.activate_throwing_error_handler();
  try {
    const file = h5.open(FOLDER + NAME, h5.H5F_ACC_RDONLY, false, -1, -1);
    return { h5, file, refusals, broken: false };
  } catch (error) {
    throw explain(error, refusals);
  }
}

/**
 * Puts `source` into the instance's file system, read-only. It can be opened once, and no other file: not even the devices
 * that Emscripten puts there, nor by a link that happens to have its name. New files may be made: the library writes its
 * error messages to one.
 * @returns reasons why bytes were not given, as they come
 */
function mount({ FS }: H5Module, source: ByteSource): EngineError[] {
  const refusals: EngineError[] = [];
  const node = FS.createFile(FOLDER, NAME, {}, true, false);
  node.usedBytes = source.size;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, buffer, offset, length, position) {
      try {
        const bytes = source.readSync?.(position, length) ?? new Uint8Array(0);
        new Uint8Array(buffer.buffer, buffer.byteOffset + offset, bytes.length).set(bytes);
        return bytes.length;
      } catch (error) {
        // Through the library only an error number passes unharmed.
        if (error instanceof EngineError) refusals.push(error);
        throw new FS.ErrnoError(EIO);
      }
    },
    write() {
      throw new FS.ErrnoError(EROFS);
    },
  };
  const open = FS.open.bind(FS);
  let isOpen = false;
  FS.open = (path, flags, mode) => {
    if (flags & O_EXCL) return open(path, flags, mode);
    if (path === FOLDER + NAME && !isOpen) {
      isOpen = true;
      return open(path, flags, mode);
    }
    // Folders are where it looks for plugins.
    if (!(flags & O_DIRECTORY)) {
      refusals.push(new UnsupportedError(`hdf5: needs another file, '${path}', which is not opened`));
    }
    throw new FS.ErrnoError(ENOENT);
  };
  return refusals;
}

/** `error` in words for people. A refusal is what the library's failure comes from. */
function explain(error: unknown, refusals: readonly EngineError[]): EngineError {
  if (refusals.length > 0) return refusals[0];
  if (error instanceof EngineError) return error;
  const report = messageOf(error);
  // The library reports the functions that failed, one in another; the innermost says what is wrong.
  const [, words] = [...report.matchAll(/ in H5\w+\(\): (.+)$/gm)].at(-1) ?? [report, report];
  return new FormatError('hdf5', `${words}; the file is truncated or damaged`, undefined, { cause: error });
}
