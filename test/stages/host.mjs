// The tests inside VS Code's extension host.
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCounted } from './counts.mjs';

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'extension-tests-'));
  const report = join(folder, 'report.txt');
  const log = join(folder, 'log.txt'); // VS Code's own: long, and of interest only when the tests do not report
  writeFileSync(report, '');
  const counts = await runCounted(process.execPath, ['test/host/runExtensionTests.mjs'], {
    stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
    env: { TEST_REPORT: report },
  });
  const told = readFileSync(report, 'utf8');
  console.log(told || readFileSync(log, 'utf8').slice(-4000));
  rmSync(folder, { recursive: true });
  return counts;
}
