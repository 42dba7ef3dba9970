// The kernels as the product has them at their fastest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../host/paths.mjs';

const dist = join(repository, 'dist');

/** @param {string} name */
const moduleOf = name => new WebAssembly.Module(readFileSync(join(dist, 'kernels', `${name}.wasm`)));

/**
 * @param {typeof import('./parts')} parts
 * @param {number} threads
 */
export function fastCrew({ createSingleCrew, createThreadedCrew, fastestSet, nodeThreads }, threads) {
  const set = fastestSet();
  if (threads === 1) return createSingleCrew(moduleOf(set));
  const script = pathToFileURL(join(dist, 'worker/kernelThread.mjs'));
  return createThreadedCrew(moduleOf(`${set}.shared`), threads, nodeThreads(script));
}

/**
 * Layers compute with them too from now on.
 * @param {typeof import('./parts')} parts
 * @param {number} threads
 */
export function useFastKernels(parts, threads) {
  const kernels = parts.createWasmKernels(fastCrew(parts, threads), {
    set: parts.fastestSet(),
    arithmetic: 'fast',
  });
  parts.useKernels(kernels);
  return kernels;
}
