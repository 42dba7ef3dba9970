import { LARGE, layers } from './arrays.mjs';
import { createSparseFile } from './sparseFile.mjs';
import { makeZip } from './zip.mjs';

/** The header of a float32 array as .npy, version 1.0: numpy.lib.format. @param {readonly number[]} shape */
export function npyHeader(shape) {
  const tuple = `(${shape.join(', ')},)`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`.padEnd(117) + '\n';
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0]);
  return Buffer.concat([magic, Buffer.from(text)]);
}

/** @param {string} path */
export function makeNpy(path) {
  const file = createSparseFile(path);
  file.write(npyHeader(LARGE.shape));
  file.zeros(LARGE.bytes);
  file.close();
}

/** After so many values they repeat. */
const REPEATED = 2 ** 20;

/**
 * The same with values, which takes its room on the disk: statistics of zeros are done after half of the work.
 * @param {string} path
 */
export function makeFilledNpy(path) {
  const file = createSparseFile(path);
  file.write(npyHeader(LARGE.shape));
  const values = Float32Array.from({ length: REPEATED }, (_, i) => Math.sin(i / 97));
  for (let bytes = 0; bytes < LARGE.bytes; bytes += values.byteLength)
    file.write(new Uint8Array(values.buffer));
  file.close();
}

/** 4.4 GB. @param {string} path */
export function makeNpz(path) {
  makeZip(
    path,
    [LARGE, ...layers(200, 3.3e9)].map(({ name, shape, bytes }) => ({
      name: `${name}.npy`,
      start: npyHeader(shape),
      zeros: bytes,
    })),
  );
}
