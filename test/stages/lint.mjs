// Checks of the text: each counts as one test. Two run at a time, as they take one core each.
import { execFile } from 'node:child_process';
import { sum } from './counts.mjs';

/** @type {[title: string, script: string, ...args: string[]][]} what is checked, by which package; the slow ones first */
const checks = [
  ['rules (eslint)', 'eslint/bin/eslint.js', '--max-warnings=0', '.'],
  ['types of test', 'typescript/bin/tsc', '-p', 'test'],
  ['types of webview', 'typescript/bin/tsc', '-p', 'webview'],
  ['types of extension', 'typescript/bin/tsc', '-p', 'extension'],
  ['types of engine', 'typescript/bin/tsc', '-p', 'engine'],
  ['types of kernels', 'typescript/bin/tsc', '-p', 'engine/kernels/assembly'],
  ['format (prettier)', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ['dependency directions', 'dependency-cruiser/bin/dependency-cruise.mjs', 'engine', 'webview', 'extension'],
];

export async function run() {
  const waiting = [...checks];
  /** @type {import('./counts.mjs').Counts[]} */
  const counts = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) counts.push(await runCheck(...check));
  };
  await Promise.all([work(), work()]);
  return sum(counts);
}

/** @param {string} title @param {string} script @param {string[]} args */
async function runCheck(title, script, ...args) {
  /** @type {{ passed: boolean, output: string }} */
  const { passed, output } = await new Promise(resolve => {
    execFile(
      process.execPath,
      [`node_modules/${script}`, ...args],
      { maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        resolve({ passed: !error, output: stdout + stderr });
      },
    );
  });
  console.log(passed ? `  ✔ ${title}` : `  ✖ ${title}\n${output}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}
