import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../host/paths.mjs';

/**
 * The kernels as the product's workers have them, at their fastest. Layers compute with them from now on.
 * @param {typeof import('./parts')} parts
 * @param {number} threads
 * @returns {Promise<() => import('./parts').Kernels>} those of the moment: they are made anew after a pause
 */
export async function useFastKernels({ kernels, loadKernels }, threads) {
  const loaded = await loadKernels(pathToFileURL(join(repository, 'dist/')));
  loaded.use({ threads, arithmetic: 'fast' });
  const { problem } = loaded.report();
  if (problem) throw new Error(problem);
  return kernels;
}
