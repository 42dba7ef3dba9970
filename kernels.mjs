// Compiles the kernels, AssemblyScript in engine/kernels/assembly, to WebAssembly modules in dist/kernels.
import { mkdirSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/**
 * With relaxed SIMD, whose multiply-add rounds once, and without; with memory that threads share, and without.
 * @type {[name: string, ...options: string[]][]}
 */
const modules = [
  ['relaxed-simd', '--enable', 'relaxed-simd'],
  ['relaxed-simd.shared', '--enable', 'relaxed-simd', '--enable', 'threads', '--sharedMemory'],
  ['simd'],
  ['simd.shared', '--enable', 'threads', '--sharedMemory'],
];

/** Pages of 64 KB that the memory may grow to: 4 GiB. */
const MOST_PAGES = '65536';

/** @throws Error with what the compiler says */
export async function compileKernels() {
  mkdirSync('dist/kernels', { recursive: true });
  for (const [name, ...options] of modules) {
    const memory = ['--importMemory', '--initialMemory', '1', '--maximumMemory', MOST_PAGES];
    const { error, stderr } = await asc.main([
      'engine/kernels/assembly/index.ts',
      ...['--outFile', `dist/kernels/${name}.wasm`, '-O3', '--runtime', 'stub', '--enable', 'simd'],
      ...memory,
      ...options,
    ]);
    if (error) throw new Error(`engine/kernels/assembly: ${stderr.toString()}`);
  }
}
