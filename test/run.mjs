// npm test: installs what is missing, then every check and suite; the last line counts them all.
// npm test -- --only unit,ui --grep 'stride'   only these stages, only the tests whose titles match
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { installPackages } from './host/install.mjs';
import { repository } from './host/paths.mjs';

/** @typedef {import('./stages/counts.mjs').Counts} Counts */

/** What a stage is for, and the module that runs it, loaded once the packages are installed. */
const stages = {
  lint: () => import('./stages/lint.mjs'),
  unit: () => import('./stages/unit.mjs'),
  host: () => import('./stages/host.mjs'),
  ui: () => import('./stages/ui.mjs'),
  package: () => import('./stages/package.mjs'),
};

const { values: options } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
if (options.grep) process.env.TEST_GREP = options.grep;
const chosen = (options.only?.split(',') ?? Object.keys(stages)).map(name => {
  if (name in stages) return /** @type {keyof typeof stages} */ (name);
  throw new Error(`--only ${name}: choose from ${Object.keys(stages).join(', ')}`);
});

process.chdir(repository);
installPackages();
if (chosen.some(name => name !== 'lint')) {
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--tests'], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of chosen) {
  console.log(`\n━━ ${name}`);
  const start = performance.now();
  const stage = await stages[name]();
  const { passed, failed, skipped } = await stage.run();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`━━ ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
}
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
