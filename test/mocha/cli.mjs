// node test/mocha/cli.mjs FOLDER… runs every bundled *.test.mjs below the folders.
import { runMocha, testFiles } from './runMocha.mjs';

const files = process.argv.slice(2).flatMap(folder => testFiles(folder, '.test.mjs'));
const failed = await runMocha(files, { timeout: 60_000 });
process.exitCode = failed > 0 ? 1 : 0;
