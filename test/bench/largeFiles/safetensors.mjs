import { createSparseFile } from './sparseFile.mjs';
import { LARGE, layers } from './arrays.mjs';

/** 10 GB in 1,000 arrays. @param {string} path */
export function makeSafetensors(path) {
  writeZeros(path, [LARGE, ...layers(999, 9 * 2 ** 30)]);
}

/** A list of 50,000 arrays without folders. @param {string} path */
export function makeManyArrays(path) {
  const arrays = Array.from({ length: 50_000 }, (_, i) => ({ name: `weight${i}`, shape: [64], bytes: 256 }));
  writeZeros(path, arrays);
}

/**
 * https://github.com/huggingface/safetensors#format
 * @param {string} path
 * @param {readonly import('./arrays.mjs').LargeArray[]} arrays
 */
function writeZeros(path, arrays) {
  let end = 0;
  const header = Object.fromEntries(
    arrays.map(({ name, shape, bytes }) => {
      const start = end;
      end += bytes;
      return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = createSparseFile(path);
  file.write(length);
  file.write(json);
  file.zeros(end);
  file.close();
}
