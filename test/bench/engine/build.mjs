// Bundles what the bench needs so: the engine with more than its public API, and tfjs (see peers/tfjsThreads.cjs).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileAssembly } from '../../../kernels.mjs';
import { repository } from '../../host/paths.mjs';
import { partsFile, peakFile, tfjsFile } from './built.mjs';

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'],
  loader: { '.wasm': 'binary' },
  logLevel: 'error',
};

export async function buildParts() {
  await build({
    ...common,
    entryPoints: [join(repository, 'test/bench/engine/parts.ts')],
    outfile: partsFile,
    format: 'esm',
    target: 'es2022',
    minify: true,
  });
}

/** The microkernel by itself, in AssemblyScript. */
const PEAK = `
import { microkernel } from '../../engine/kernels/assembly/microkernel';
import { MR, NR } from '../../engine/kernels/assembly/panels';
export function run(a: usize, b: usize, k: i32, sums: usize, times: i32): void {
  for (; times > 0; times--) microkernel<f32, f32>(a, b, k, sums, false);
}
export function tile(): i32 {
  return MR<f32>() * NR<f32>();
}
`;

export async function buildPeak() {
  const source = peakFile.replace('.wasm', '.ts');
  writeFileSync(source, PEAK);
  await compileAssembly(source, peakFile, ['--enable', 'relaxed-simd']);
}

/** @param {string} folder where the peers are installed */
export async function buildTfjs(folder) {
  const libraries = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'];
  const contents = libraries.map(library => `export * from '${library}';`).join('\n');
  await build({ ...common, stdin: { contents, resolveDir: folder }, outfile: tfjsFile, format: 'cjs' });
}
