// npm run fuzz -- --seconds 60 [--formats npy,pickle] [--seed 1] [--jobs 2]
// Damages files of every format, guided by the code they reach. What breaks the readers' promise (promise.ts) is kept in
// test/fixtures/formats/found, and from then on tried by npm test.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const FOUND = 'test/fixtures/formats/found';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    formats: { type: 'string' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});

await build({
  entryPoints: ['test/fuzz/worker.ts', 'test/fuzz/fuzzFormat.ts'],
  outdir: 'dist/fuzz',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  loader: { '.wasm': 'binary' },
  logLevel: 'warning',
});
const built = new URL('../../dist/fuzz/fuzzFormat.mjs', import.meta.url).href;
const { fuzzFormat, formats } = /** @type {typeof import('./fuzzFormat')} */ (await import(built));

let findings = 0;

/** @param {import('./slot').Found} found */
function keep({ name, bytes, problem }) {
  findings++;
  mkdirSync(FOUND, { recursive: true });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const path = join(FOUND, `${hash}${extname(name)}`);
  writeFileSync(path, bytes);
  console.log(`FOUND ${path} (from ${name}): ${problem.split('\n').slice(0, 3).join(' | ')}`);
}

const queue = (options.formats?.split(',') ?? formats()).values();
const seconds = Number(options.seconds);

async function work() {
  for (const format of queue) {
    const job = { format, seconds, seed: Number(options.seed), onFound: keep };
    const { executions, blocks, corpus } = await fuzzFormat(job);
    const rate = Math.round(executions / seconds);
    console.log(
      `${format}: ${executions} executions (${rate} a second), ${blocks} blocks of code reached, ${corpus} inputs kept`,
    );
  }
}
await Promise.all(Array.from({ length: Number(options.jobs) }, work));
console.log(findings === 0 ? 'nothing found' : `${findings} found`);
process.exitCode = findings === 0 ? 0 : 1;
