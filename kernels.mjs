// Compiles the kernels, AssemblyScript in engine/kernels/assembly, to WebAssembly modules in dist/kernels.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';

const shared = ['--enable', 'threads', '--sharedMemory'];

/**
 * With relaxed SIMD, whose multiply-add rounds once, and without.
 * @type {[name: string, ...options: string[]][]}
 */
const modules = [
  ['relaxed-simd', '--enable', 'relaxed-simd', ...shared],
  ['simd', ...shared],
];

/** Pages of 64 KB that the memory may grow to: 4 GiB. */
const MOST_PAGES = '65536';

/** @throws Error with what the compiler says */
export async function compileKernels() {
  mkdirSync('dist/kernels', { recursive: true });
  for (const [name, ...options] of modules) {
    await compileAssembly('engine/kernels/assembly/index.ts', `dist/kernels/${name}.wasm`, options);
  }
  await compileAssembly('engine/kernels/assembly/values.ts', 'dist/kernels/values.wasm', []);
}

/**
 * As a process of its own: the types of the compiler's API would change those of JavaScript everywhere.
 * @param {string} source
 * @param {string} to
 * @param {string[]} options beside those that all modules have
 * @throws Error with what the compiler says
 */
export async function compileAssembly(source, to, options) {
  const memory = ['--importMemory', '--initialMemory', '1', '--maximumMemory', MOST_PAGES];
  await promisify(execFile)(process.execPath, [
    'node_modules/assemblyscript/bin/asc.js',
    ...[source, '--outFile', to, '-O3', '--runtime', 'stub', '--enable', 'simd'],
    ...memory,
    ...options,
  ]);
}
