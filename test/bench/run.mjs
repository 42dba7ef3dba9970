// npm run bench: how fast and how large the extension is, in a real VS Code. Nothing fails here: the numbers are for
// reading. npm run bench -- --json FILE also writes them there; --only opening,largeFiles measures no more than those.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages } from '../host/install.mjs';
import { repository } from '../host/paths.mjs';
import { machine, table } from './report.mjs';

const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const json = options.json && resolve(options.json);
process.chdir(repository);
installPackages();
const built = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

// What needs installed packages is loaded once they are.
const { openWindow } = await import('./window.mjs');
const { measureBundles } = await import('./measures/bundles.mjs');
const { measureLargeFiles } = await import('./measures/largeFiles.mjs');
const { measureLargeFileViews } = await import('./measures/largeFileViews.mjs');
const { measureLongList } = await import('./measures/longList.mjs');
const { measureOpening } = await import('./measures/opening.mjs');
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
  pointing: measurePointing,
  scrolling: measureScrolling,
  largeFiles: measureLargeFiles,
  largeFileViews: measureLargeFileViews,
  longList: measureLongList,
  reopening: measureReopening,
  stepping: measureStepping,
  bundles: measureBundles,
};
const chosen = options.only?.split(',') ?? Object.keys(measures);
const unknown = chosen.filter(name => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join()}; there are ${Object.keys(measures).join(', ')}.`);
  process.exit(2);
}

const window = await openWindow();
const rows = await measureIdle(window);
const activation = await window.probe.activate('cnn-tensor-inspector.cnn-tensor-inspector');
rows.push({ what: 'activation', value: activation, unit: 'ms', wanted: '≤ 50' });
window.fill();
for (const name of chosen) rows.push(...(await measures[name](window)));
await window.close();

console.log(table(rows));
if (json) writeFileSync(json, JSON.stringify({ machine: before, rows }, undefined, 2));
