/** Memory the elements of one read may take. More than this belongs into several reads of regions. */
export const MAX_READ_BYTES = 2 ** 31;

/** Compressed data may always grow to this size, and beyond it to {@link MAX_RATIO} times its own size. */
const INFLATE_FLOOR = 2 ** 28;

/** Deflate reaches 1032 : 1 only on constant data; the floor leaves room for honest arrays of zeros. */
const MAX_RATIO = 100;

/** Largest size in bytes that `compressed` bytes may inflate to before we take them for a zip bomb. */
export function inflateLimit(compressed: number): number {
  return Math.min(MAX_READ_BYTES, Math.max(INFLATE_FLOOR, MAX_RATIO * compressed));
}

/** Largest file that is read as a whole because its format has no parts (JSON, images, gzip). */
export const MAX_WHOLE_FILE = 2 ** 28;

/** Pixels an image may have: 8192 · 8192. Decoders need up to 8 bytes for each. */
export const MAX_PIXELS = 2 ** 26;
