// Checks of the text: each counts as one test.
import { spawnSync } from 'node:child_process';
import { sum } from './counts.mjs';

/** @type {Record<string, string[]>} package binaries with their arguments, by what they check */
const checks = {
  'format (prettier)': ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  'rules (eslint)': ['eslint/bin/eslint.js', '--max-warnings=0', '.'],
  'types of engine': ['typescript/bin/tsc', '-p', 'engine'],
  'types of webview': ['typescript/bin/tsc', '-p', 'webview'],
  'types of extension': ['typescript/bin/tsc', '-p', 'extension'],
  'types of test': ['typescript/bin/tsc', '-p', 'test'],
  'dependency directions': ['dependency-cruiser/bin/dependency-cruise.mjs', 'engine', 'webview', 'extension'],
};

export function run() {
  const results = Object.entries(checks).map(([title, [script, ...args]]) => {
    const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' });
    console.log(`  ${status === 0 ? '✔' : '✖'} ${title}`);
    return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  });
  return sum(results);
}
