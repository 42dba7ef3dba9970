import { createSparseFile } from './sparseFile.mjs';
import { LARGE, layers } from './arrays.mjs';

/** https://github.com/huggingface/safetensors#format @param {string} path */
export function makeSafetensors(path) {
  let end = 0;
  const header = Object.fromEntries(
    [LARGE, ...layers(999, 9 * 2 ** 30)].map(({ name, shape, bytes }) => {
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
