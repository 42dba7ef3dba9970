import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/**
 * A file that is written from its start on; runs of zeros take no room on the disk.
 * @param {string} path
 */
export function createSparseFile(path) {
  const file = openSync(path, 'w');
  let position = 0;
  return {
    /** Where the next byte goes. */
    position: () => position,
    /** @param {Uint8Array} bytes */
    write(bytes) {
      writeSync(file, bytes, 0, bytes.length, position);
      position += bytes.length;
    },
    /** @param {number} count */
    zeros(count) {
      position += count;
    },
    close() {
      ftruncateSync(file, position);
      closeSync(file);
    },
  };
}
