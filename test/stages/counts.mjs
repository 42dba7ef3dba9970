import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {Counts[]} parts @returns {Counts} */
export function sum(parts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of parts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * Runs a process in which mocha runs (see test/mocha/runMocha.mjs) and reads what it counted. A process that ends
 * badly without a counted failure counts as one.
 * @param {string} command
 * @param {string[]} args
 * @param {{ stdio?: import('node:child_process').StdioOptions, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Counts>}
 */
export async function runCounted(command, args, { stdio = 'inherit', env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'test-results-'));
  const results = join(folder, 'results.json');
  const child = spawn(command, args, { stdio, env: { ...process.env, ...env, TEST_RESULTS: results } });
  const [code] = await once(child, 'exit');
  /** @type {Counts} */
  const counts = existsSync(results)
    ? JSON.parse(readFileSync(results, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  if (code === 0 || counts.failed > 0) return counts;
  console.error(`${command} ${args.join(' ')} ended with ${code}`);
  return { ...counts, failed: 1 };
}

/** Runs test folders with mocha in a Node of choice. @param {string} node @param {string[]} folders @param {string} [reporter] */
export function runMochaIn(node, folders, reporter = 'spec') {
  const args = ['--enable-source-maps', 'test/mocha/cli.mjs', ...folders];
  return runCounted(node, args, { env: { TEST_REPORTER: reporter } });
}
