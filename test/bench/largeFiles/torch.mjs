import { LARGE, layers } from './arrays.mjs';
import { torchPickle } from './pickle.mjs';
import { makeZip } from './zip.mjs';

/** A state_dict of 2 GB as torch.save writes it. @param {string} path */
export function makeTorch(path) {
  const arrays = [LARGE, ...layers(100, 1e9)];
  makeZip(path, [
    { name: 'archive/data.pkl', start: torchPickle(arrays), zeros: 0 },
    ...arrays.map(({ bytes }, key) => ({
      name: `archive/data/${key}`,
      start: Buffer.alloc(0),
      zeros: bytes,
    })),
    { name: 'archive/version', start: Buffer.from('3\n'), zeros: 0 },
  ]);
}
