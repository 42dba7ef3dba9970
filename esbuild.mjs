// Bundles everything: node esbuild.mjs [--dev] [--tests]
//   --dev    readable, with source maps (for F5); without it minified, as shipped
//   --tests  the test suites too, into dist/test
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { compileKernels } from './kernels.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const dev = process.argv.includes('--dev');
const withTests = process.argv.includes('--tests');

/** @typedef {import('esbuild').BuildOptions} BuildOptions */

/** @type {BuildOptions} */
const common = {
  bundle: true,
  outdir: 'dist',
  minify: !dev,
  sourcemap: dev && 'linked',
  target: 'es2022',
  charset: 'utf8', // h5wasm holds its WebAssembly as text: 1.4 MB less than with escapes
  legalComments: 'none', // dist/THIRD_PARTY_NOTICES.txt has them in full
  define: { 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.wasm': 'binary' },
  logLevel: 'warning',
};

/**
 * Of libraries their ES modules: other builds, such as jsonc-parser's, load their parts at run time, where there are none.
 * @type {BuildOptions}
 */
const node = { ...common, platform: 'node', mainFields: ['module', 'main'] };

/**
 * VS Code's API as one module of the bundle. Otherwise esbuild copies all of it for each file that imports it, and that
 * is half of the time that the extension takes to load.
 * @type {import('esbuild').Plugin}
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === 'vscode-once' ? { path, external: true } : { path, namespace: 'vscode-once' },
    );
    onLoad({ filter: /^/, namespace: 'vscode-once' }, () => ({ contents: "export * from 'vscode'" }));
  },
};

/** @type {BuildOptions} */
const host = { ...node, format: 'cjs', plugins: [vscodeOnce] };

/**
 * In chunks, so that readers of seldom formats (HDF5 is megabytes) are loaded only when such a file is opened.
 * @type {BuildOptions}
 */
const worker = {
  ...node,
  format: 'esm',
  splitting: true,
  outdir: 'dist/worker',
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
};

/**
 * Each page by itself, so that it is loaded at once; in chunks is what it loads later.
 * @type {BuildOptions}
 */
const webview = {
  ...common,
  platform: 'browser',
  format: 'esm',
  splitting: true,
  chunkNames: 'later/[name]-[hash]',
  external: ['*/hdf5_util.js', './zip-reader.js'], // readers and writers of files, which are no chunks of pages
};

/** @type {BuildOptions} */
const engine = {
  ...common,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  format: 'esm',
  splitting: true,
  chunkNames: 'engine-[name]-[hash]',
  outExtension: { '.js': '.mjs' },
};

/** @type {BuildOptions} */
const test = {
  ...node,
  outdir: 'dist/test',
  outbase: 'test',
  minify: false,
  sourcemap: 'inline',
  sourcesContent: false,
  external: ['vscode', 'mocha', 'fast-check', 'playwright-core', 'axe-core'],
  // Webview code under test takes what it takes in the browser.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
};

/** @type {BuildOptions} */
const nodeTest = { ...test, format: 'esm', splitting: true, outExtension: { '.js': '.mjs' } };

/** @type {[string[], BuildOptions][]} */
const product = [
  [['extension/extension.ts'], { ...host, outbase: 'extension' }],
  [
    [
      'extension/worker/runs/engineWorker.ts',
      'extension/worker/documents/documentWorker.ts',
      'extension/worker/sessions/sessionWorker.ts',
      'extension/worker/kernels/kernelThread.ts',
    ],
    worker,
  ],
  [['webview/layerPage.tsx'], webview],
  [['webview/networkPage.tsx'], webview],
  [['webview/tensorFilePage.tsx'], webview],
  [['engine/index.ts'], { ...engine, entryNames: 'engine' }],
];

/** @type {[string[], BuildOptions][]} */
const tests = [
  [['test/engine/**/*.test.ts', 'test/webview/**/*.test.ts'], nodeTest],
  [['test/ui/**/*.test.ts'], nodeTest],
  [['test/extension/index.ts', 'test/extension/**/*.test.ts'], { ...test, format: 'cjs' }],
];

rmSync('dist', { recursive: true, force: true }); // a deleted test must not run on, nor an old chunk be shipped

/** @param {[string[], BuildOptions]} bundle */
const make = ([entryPoints, options]) => build({ ...options, entryPoints, metafile: true });
try {
  const [made] = await Promise.all([
    Promise.all(product.map(make)),
    compileKernels(),
    ...(withTests ? tests.map(make) : []),
  ]);
  /** @type {import('./engine/index')} */
  const { networkSchema } = await import(new URL('dist/engine.mjs', import.meta.url).href);
  writeFileSync('dist/network.schema.json', JSON.stringify(networkSchema()));
  writeFileSync('dist/THIRD_PARTY_NOTICES.txt', thirdPartyNotices(made.map(({ metafile }) => metafile)));
} catch (error) {
  // Of its own errors esbuild has said what and where.
  if (!(error instanceof Error && 'errors' in error)) process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
}
