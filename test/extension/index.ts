import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { runMocha, testFiles } from '../mocha/runMocha.mjs';

/** What VS Code calls in its extension host (`extensionTestsPath`); it reports the run as failed when this throws. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { TEST_REPORT } = process.env; // apart from VS Code's own log, which is long
  if (TEST_REPORT) {
    Mocha.reporters.Base.consoleLog = (...data: unknown[]) =>
      appendFileSync(TEST_REPORT, `${format(...data)}\n`);
  }
  const failed = await runMocha(testFiles(__dirname, '.test.js'), { timeout: 30_000 });
  if (failed > 0) throw new Error(`${failed} failed`);
}
