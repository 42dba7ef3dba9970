// npm run bench: how fast and how large the product is: its engine beside its peers, and the extension in a real VS Code.
// Nothing fails here but wrong results: the numbers are for reading.
//   --only engine,opening   measures no more than those
//   --quick                 the engine alone, unless --only names others, in few turns
//   --json FILE             writes the engine's rows there; --measures FILE those of all the others
//   --markdown              prints the engine's tables as the README has them
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages } from '../host/install.mjs';
import { repository } from '../host/paths.mjs';
import { machine, table } from './report.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    measures: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const [json, measuresJson] = [options.json, options.measures].map(file => file && resolve(file));
process.chdir(repository);
installPackages();
const built = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

// What needs installed packages is loaded once they are.
const { benchEngine } = await import('./engine/benchEngine.mjs');
const { openWindow } = await import('./window.mjs');
const { measureBundles } = await import('./measures/bundles.mjs');
const { measureLargeFiles } = await import('./measures/largeFiles.mjs');
const { measureLargeFileViews } = await import('./measures/largeFileViews.mjs');
const { measureLongList } = await import('./measures/longList.mjs');
const { measureOpening } = await import('./measures/opening.mjs');
const { measureParts } = await import('./measures/parts.mjs');
const { measurePointing } = await import('./measures/pointing.mjs');
const { measureReopening } = await import('./measures/reopening.mjs');
const { measureStepping } = await import('./measures/stepping.mjs');
const { measureIdle, measureScrolling } = await import('./measures/scrolling.mjs');

const before = machine();
console.log(`${before.cores} × ${before.cpu}, load ${before.load.toFixed(1)}, Node ${before.node}\n`);
/** @typedef {import('./report.mjs').Row[]} Rows */
/** @type {Record<string, (window: import('./window.mjs').BenchWindow) => Rows | Promise<Rows>>} */
const measures = {
  opening: measureOpening,
  parts: measureParts,
  pointing: measurePointing,
  scrolling: measureScrolling,
  largeFiles: measureLargeFiles,
  largeFileViews: measureLargeFileViews,
  longList: measureLongList,
  reopening: measureReopening,
  stepping: measureStepping,
  bundles: measureBundles,
};
const known = ['engine', ...Object.keys(measures)];
const chosen = options.only?.split(',') ?? (options.quick ? ['engine'] : known);
const unknown = chosen.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join()}; there are ${known.join(', ')}.`);
  process.exit(2);
}

if (chosen.includes('engine')) {
  const { quick, markdown } = options;
  const compared = await benchEngine({ quick, markdown, machine: before });
  if (json) writeFileSync(json, JSON.stringify(compared, undefined, 2));
}
const others = chosen.filter(name => name !== 'engine');
if (others.length === 0) process.exit();

const window = await openWindow();
const rows = await measureIdle(window);
const activation = await window.probe.activate('cnn-tensor-inspector.cnn-tensor-inspector');
rows.push({ what: 'activation', value: activation, unit: 'ms', wanted: '≤ 50' });
window.fill();
for (const name of others) rows.push(...(await measures[name](window)));
await window.close();

console.log(table(rows));
if (measuresJson) writeFileSync(measuresJson, JSON.stringify({ machine: before, rows }, undefined, 2));
