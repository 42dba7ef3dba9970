import { readFileSync } from 'node:fs';
import {
  createSingleCrew,
  createWasmKernels,
  fastestSet,
  type Arithmetic,
  type Kernels,
  type KernelSet,
} from '../../../../engine/kernels';

/** The sets of kernels in WebAssembly that this runtime can run, the fastest first. */
export function kernelSets(): KernelSet[] {
  return fastestSet() === 'relaxed-simd' ? ['relaxed-simd', 'simd'] : ['simd'];
}

/** The kernels of each set on one thread. */
export function wasmKernels(arithmetic: Arithmetic, winograd?: boolean): Kernels[] {
  return kernelSets().map(set =>
    createWasmKernels(createSingleCrew(moduleOf(set)), { set, arithmetic, winograd }),
  );
}

/** A module as the build has made it. The tests run in the root of the repository. */
export function moduleOf(name: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(`dist/kernels/${name}.wasm`));
}
