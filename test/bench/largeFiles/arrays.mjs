/** @typedef {{ name: string, shape: number[], bytes: number }} LargeArray float32 */

/** One array of 1 GiB, the first of every large file. @type {LargeArray} */
export const LARGE = { name: 'large', shape: [16384, 16384], bytes: 2 ** 30 };

/** So many weights, together of about so many bytes. @param {number} count @param {number} bytes @returns {LargeArray[]} */
export function layers(count, bytes) {
  const rows = Math.floor(bytes / count / 4 / 1024);
  return Array.from({ length: count }, (_, i) => ({
    name: `block${Math.floor(i / 10)}.layer${i % 10}.weight`,
    shape: [rows, 1024],
    bytes: rows * 1024 * 4,
  }));
}
