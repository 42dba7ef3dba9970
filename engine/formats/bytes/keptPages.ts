import type { ByteSource } from './byteSource';
import { concat } from './inflate';

/** Bytes read at once, and how many such pages are kept: 4 MiB in all. */
const PAGE = 2 ** 14;
const MOST_PAGES = 256;

/** A source whose pages are kept for a while. */
export interface KeptPages {
  readonly source: ByteSource;
  /** Keeps nothing from now on. */
  stop(): void;
}

/**
 * A source for who asks at once (`readSync`) for many small ranges close to one another, such as headers: whole pages are
 * read, and those used last are kept. Ranges longer than a page are read as they are.
 */
export function keptPages(source: ByteSource): KeptPages {
  const { size, readSync } = source;
  if (!readSync) return { source, stop: () => undefined };
  /** In the order of use, the oldest first. */
  const pages = new Map<number, Uint8Array>();
  let isStopped = false;

  const pageAt = (number: number): Uint8Array => {
    const page = pages.get(number) ?? readSync(number * PAGE, Math.min(PAGE, size - number * PAGE));
    pages.delete(number);
    pages.set(number, page);
    const oldest = pages.keys().next();
    if (pages.size > MOST_PAGES && !oldest.done) pages.delete(oldest.value);
    return page;
  };
  return {
    source: {
      ...source,
      readSync(offset, length) {
        const end = Math.min(size, offset + length);
        const first = Math.floor(offset / PAGE);
        const start = offset - first * PAGE;
        const isShort = end > offset && end - offset <= PAGE;
        if (isStopped || !isShort) return readSync(offset, length);
        if (end <= (first + 1) * PAGE) return pageAt(first).subarray(start, start + end - offset);
        const head = pageAt(first).subarray(start);
        return concat([head, pageAt(first + 1).subarray(0, end - offset - head.length)]);
      },
    },
    stop() {
      isStopped = true;
      pages.clear();
    },
  };
}
