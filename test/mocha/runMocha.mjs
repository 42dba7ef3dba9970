// One mocha run, told in one JSON file: the same in Node, in the browser tests and inside VS Code.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Files below a folder whose names end so, sorted, as absolute paths or as given. @param {string} folder @param {string} ending */
export function testFiles(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => join(folder, name));
}

/**
 * Runs the files and leaves the counts in the file that TEST_RESULTS names; TEST_GREP narrows the run, TEST_REPORTER
 * says how mocha tells it.
 * @param {string[]} files
 * @param {{ timeout: number }} options milliseconds a test may take
 * @returns {Promise<number>} how many failed
 */
export async function runMocha(files, { timeout }) {
  const { TEST_RESULTS, TEST_GREP, TEST_REPORTER } = process.env;
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: TEST_REPORTER ?? 'spec',
    color: process.stdout.isTTY,
    timeout,
    forbidOnly: Boolean(process.env.CI),
  });
  if (TEST_GREP) mocha.grep(new RegExp(TEST_GREP));
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise(resolve => {
    const { stats } = mocha.run(failed => {
      const { passes, failures, pending } = stats ?? { passes: 0, failures: failed, pending: 0 };
      if (TEST_RESULTS) {
        writeFileSync(TEST_RESULTS, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      }
      resolve(failed);
    });
  });
}
