import { join } from 'node:path';
import { makeHdf5 } from './hdf5.mjs';
import { makeNpy, makeNpz } from './numpy.mjs';
import { makeOnnx } from './onnx.mjs';
import { makePickle } from './pickle.mjs';
import { makeSafetensors } from './safetensors.mjs';
import { makeTorch } from './torch.mjs';

/**
 * Files of gigabytes that take next to no room on a disk that knows holes, each with an array of 1 GiB called `large`
 * (in .npy the only one).
 * @param {string} folder
 * @returns {string[]} their names
 */
export function makeLargeFiles(folder) {
  makeSafetensors(join(folder, 'large.safetensors'));
  makeNpz(join(folder, 'large.npz'));
  makePickle(join(folder, 'large.pkl'));
  makeTorch(join(folder, 'large.pt'));
  makeOnnx(join(folder, 'large.onnx'));
  makeNpy(join(folder, 'large.npy'));
  const hdf5 = makeHdf5(join(folder, 'large.h5')) ? ['large.h5'] : [];
  return ['large.safetensors', 'large.npz', 'large.pkl', 'large.pt', 'large.onnx', 'large.npy', ...hdf5];
}
