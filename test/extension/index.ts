import { runMocha, testFiles } from '../mocha/runMocha.mjs';

/** What VS Code calls in its extension host (`extensionTestsPath`); it reports the run as failed when this throws. */
export async function run(): Promise<void> {
  const failed = await runMocha(testFiles(__dirname, '.test.js'), { timeout: 30_000 });
  if (failed > 0) throw new Error(`${failed} failed`);
}
