// Who may import whom. The picture these rules draw is in CONTRIBUTING.md.

/** Inside engine/, what each folder may import besides itself and engine/errors.ts. */
const engineLayers = {
  tensor: [],
  conv: ['tensor'],
  kernels: ['tensor', 'conv'],
  layers: ['tensor', 'conv', 'kernels', 'trace'],
  network: ['tensor', 'conv'],
  run: ['tensor', 'conv', 'kernels', 'trace', 'layers', 'network'],
  session: ['tensor', 'trace', 'layers', 'network', 'run'],
  trace: ['tensor', 'conv'],
  formats: ['tensor'],
};

const inside = folders => `^(${folders.join('|')})`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'engine-stands-alone',
      comment: 'engine/ runs in Node, in a worker and in a browser.',
      severity: 'error',
      from: { path: '^engine/' },
      to: {
        pathNot: inside([
          'engine/',
          'node_modules/@jsquash/jpeg/',
          'node_modules/fast-png/',
          'node_modules/fastest-levenshtein/',
          'node_modules/jsonc-parser/',
          'node_modules/@zip\\.js/zip\\.js/',
          'node_modules/fflate/',
          'node_modules/h5wasm/',
          'node_modules/@bufbuild/protobuf/',
          'node_modules/d3-dsv/',
          'node_modules/@types/d3-dsv/',
        ]),
      },
    },
    ...Object.entries(engineLayers).map(([layer, below]) => ({
      name: `engine-${layer}`,
      severity: 'error',
      from: { path: `^engine/${layer}/` },
      to: {
        path: '^engine/',
        pathNot: inside(['engine/errors\\.ts$', ...[layer, ...below].map(folder => `engine/${folder}/`)]),
      },
    })),
    {
      name: 'assembly-is-compiled-apart',
      comment: 'AssemblyScript: it becomes WebAssembly, which the host loads.',
      severity: 'error',
      from: { path: '^(engine|extension|webview)/', pathNot: '^engine/kernels/assembly/' },
      to: { path: '^engine/kernels/assembly/' },
    },
    {
      name: 'protocol-imports-only-engine',
      severity: 'error',
      from: { path: '^webview/protocol/' },
      to: { pathNot: inside(['webview/protocol/', 'engine/']) },
    },
    {
      name: 'webview-knows-no-host',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: inside(['extension/', 'vscode$', 'node_modules/@types/vscode/']) },
    },
    {
      name: 'webview-knows-no-node',
      severity: 'error',
      from: { path: '^webview/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'extension-sees-only-the-protocol',
      severity: 'error',
      from: { path: '^extension/' },
      to: { path: '^webview/', pathNot: '^webview/protocol/' },
    },
    {
      name: 'toolkit-only-in-controls',
      severity: 'error',
      from: { path: '^(engine|extension|webview)/', pathNot: '^webview/controls/' },
      to: { path: '@vscode/webview-ui-toolkit' },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(engine|extension|webview)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // type-only imports count too
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
};
