import {
  FormatError,
  memoryBytes,
  UnsupportedError,
  wholeRegion,
  type Region,
  type Shape,
} from '../../engine';
import { openTensorFile, type Siblings } from '../../engine/formats';

/**
 * What every reader promises for any bytes whatever: an answer, or an error made for people, soon (milliseconds) and in
 * little memory.
 */
const MAX_MS = 2000;
const MAX_BYTES = 256 * 2 ** 20;

/** Arrays of a file that are read, and elements of each. */
const ARRAYS = 12;
const ELEMENTS = 4096;

/** The folder around a fuzzed file is empty. */
const NO_SIBLINGS: Siblings = {
  open: path => Promise.reject(new FormatError('folder', `there is no file ${JSON.stringify(path)}`)),
};

/** Attempts after which slowness is the reader's, not the compiler's or the garbage collector's. */
const ATTEMPTS = 3;

/**
 * Milliseconds of processor time that this process has taken, all its threads together: that a machine does other things
 * too makes no reader slow.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Opens `bytes` and reads the beginning of its arrays, as the editor would.
 * @returns what the reader did against its promise, if it did
 */
export async function brokenPromise(bytes: Uint8Array, name: string): Promise<string | undefined> {
  let took = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = process.memoryUsage().arrayBuffers;
    const start = processorTime();
    try {
      await openAndRead(bytes, name);
    } catch (error) {
      if (!isForPeople(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    took = processorTime() - start;
    const grown = process.memoryUsage().arrayBuffers - before;
    if (grown > MAX_BYTES + bytes.length) return `took ${Math.round(grown / 2 ** 20)} MiB of memory`;
    if (took <= MAX_MS) return undefined;
  }
  return `took ${Math.round(took)} ms of processor time, and as long before`;
}

async function openAndRead(bytes: Uint8Array, name: string): Promise<void> {
  const file = await openTensorFile(memoryBytes(bytes), name, undefined, NO_SIBLINGS);
  JSON.stringify([file.metadata, file.notes]); // they travel to the page as a whole
  const readings = [
    ...file.tensors.slice(0, ARRAYS).map(tensor => () => tensor.read(corner(tensor.shape))),
    ...(file.texts ?? []).slice(0, ARRAYS).map(text => () => text.readTexts(corner(text.shape))),
  ];
  for (const read of readings) {
    try {
      await read();
    } catch (error) {
      if (!isForPeople(error)) throw error; // that one array is damaged keeps nobody from the others
    }
  }
}

/** The first elements along every axis, few in all. */
function corner(shape: Shape): Region {
  let left = ELEMENTS;
  return wholeRegion(shape).map(range => {
    const count = Math.min(range.count, left);
    left = Math.max(1, Math.floor(left / Math.max(1, count)));
    return { ...range, count };
  });
}

function isForPeople(error: unknown): boolean {
  return error instanceof FormatError || error instanceof UnsupportedError;
}
