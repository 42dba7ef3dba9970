// Bundles what the bench needs so: the engine with more than its public API, and tfjs (see peers/tfjsThreads.cjs).
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from '../../host/paths.mjs';
import { partsFile, tfjsFile } from './built.mjs';

/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, platform: 'node', mainFields: ['module', 'main'], logLevel: 'error' };

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

/** @param {string} folder where the peers are installed */
export async function buildTfjs(folder) {
  const libraries = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'];
  const contents = libraries.map(library => `export * from '${library}';`).join('\n');
  await build({ ...common, stdin: { contents, resolveDir: folder }, outfile: tfjsFile, format: 'cjs' });
}
