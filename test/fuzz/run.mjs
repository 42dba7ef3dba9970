// npm run fuzz -- --seconds 60 [--formats npy,pickle] [--seed 1] [--jobs 2]
// Damages files of every format, guided by the code they reach. What breaks the readers' promise (promise.ts) is kept in
// test/fixtures/formats/found, and from then on tried by npm test.
import { fork } from 'node:child_process';
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
  entryPoints: ['test/fuzz/worker.ts', 'test/fuzz/fuzzProcess.ts', 'test/fuzz/seeds.ts'],
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
/** @param {string} name */
const built = name => new URL(`../../dist/fuzz/${name}.mjs`, import.meta.url);
const { formats } = /** @type {typeof import('./seeds')} */ (await import(built('seeds').href));

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

/**
 * Fuzzes one format in a process of its own, whose processor time is then that of its reader.
 * @param {import('./fuzzFormat').Fuzzing} job
 * @returns {Promise<import('./slot').Progress>}
 */
function fuzz(job) {
  const child = fork(built('fuzzProcess'), { serialization: 'advanced' });
  child.send(job);
  return new Promise((resolve, reject) => {
    child.on('message', (/** @type {import('./slot').Found | import('./slot').Progress} */ message) => {
      if (message.kind === 'found') keep(message);
      else resolve(message);
    });
    child.on('exit', code => reject(new Error(`fuzzing ${job.format} ended with code ${code}`)));
  });
}

async function work() {
  for (const format of queue) {
    const { executions, blocks, corpus } = await fuzz({ format, seconds, seed: Number(options.seed) });
    const rate = Math.round(executions / seconds);
    console.log(
      `${format}: ${executions} executions (${rate} a second), ${blocks} blocks of code reached, ${corpus} inputs kept`,
    );
  }
}
await Promise.all(Array.from({ length: Number(options.jobs) }, work));
console.log(findings === 0 ? 'nothing found' : `${findings} found`);
process.exitCode = findings === 0 ? 0 : 1;
