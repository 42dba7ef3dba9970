import type { Region } from '../../tensor';

/** Elements of a dataset, out of its chunks: of a region of whole chunks, without steps. */
export interface DecodedBox {
  readonly region: Region;
  /** The elements as the library hands them out, in C order. */
  readonly bytes: Uint8Array;
}

/** Boxes that were decompressed lately: the next plane, or the tile beside, needs the same chunks again. */
export interface BoxCache {
  /** Says that another read begins. */
  begin(): void;
  /** A box that holds all of `region` (without steps) of the dataset at `path`. */
  find(path: string, region: Region): DecodedBox | undefined;
  add(path: string, box: DecodedBox): void;
}

interface Kept extends DecodedBox {
  readonly path: string;
  /** The read that needed it last. */
  lastRead: number;
}

/** Keeps boxes of at most `limit` bytes in all. Where there are more, those go first that were not needed for longest. */
export function createBoxCache(limit: number): BoxCache {
  /** From the one not needed for longest to the one needed last. */
  const boxes = new Set<Kept>();
  let bytesKept = 0;
  let read = 0;

  const touch = (box: Kept): void => {
    box.lastRead = read;
    boxes.delete(box);
    boxes.add(box);
  };

  return {
    begin() {
      read++;
    },
    find(path, region) {
      for (const box of boxes) {
        if (box.path !== path || !contains(box.region, region)) continue;
        touch(box);
        return box;
      }
      return undefined;
    },
    add(path, box) {
      for (const oldest of boxes) {
        if (bytesKept + box.bytes.length <= limit) break;
        // A read that needs more than fits would throw out all of its own, and the next one find nothing.
        if (oldest.lastRead === read) return;
        boxes.delete(oldest);
        bytesKept -= oldest.bytes.length;
      }
      if (bytesKept + box.bytes.length > limit) return;
      bytesKept += box.bytes.length;
      touch({ ...box, path, lastRead: read });
    },
  };
}

function contains(outer: Region, inner: Region): boolean {
  return inner.every(
    ({ start, count }, axis) =>
      start >= outer[axis].start && start + count <= outer[axis].start + outer[axis].count,
  );
}
