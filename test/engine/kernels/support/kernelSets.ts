import { readFileSync } from 'node:fs';
import {
  createSingleCrew,
  createWasmKernels,
  fastestSet,
  type Arithmetic,
  type Kernels,
} from '../../../../engine/kernels';

/** The sets of kernels that this runtime can run, each with what its sums run in. */
export function wasmKernels(arithmetic: Arithmetic): Kernels[] {
  const sets = fastestSet() === 'relaxed-simd' ? (['relaxed-simd', 'simd'] as const) : (['simd'] as const);
  return sets.map(set => createWasmKernels(createSingleCrew(moduleOf(set)), { set, arithmetic }));
}

/** A module as the build has made it. The tests run in the root of the repository. */
export function moduleOf(name: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(`dist/kernels/${name}.wasm`));
}
