// Fuzzes one format in a thread of its own, so that a hang can be ended. Tells its parent what it tries, in shared memory.
import { parentPort, workerData } from 'node:worker_threads';
import { forbidFiles } from './forbidFiles';
import { watchCoverage } from './coverage';
import { mutate } from './mutate';
import { brokenPromise } from './promise';
import { oneOf, seededRandom } from './random';
import { seedsOf, type Seed } from './seeds';
import { createSlot, type Found, type Job, type Progress } from './slot';

/** Mutants between two looks at the coverage, which costs more than most of them. */
const BATCH = 24;

const { format, seed, seconds, memory } = workerData as Job;
const seeds = seedsOf(format);
const slot = createSlot(memory);
const random = seededRandom(seed);
const corpus: Seed[] = [...seeds];
const coverage = watchCoverage(/dist\/fuzz\//);
const known = new Set<string>();
let executions = 0;

const attempt = async (input: Seed): Promise<void> => {
  slot.put(input);
  executions++;
  const problem = await brokenPromise(input.bytes, input.name);
  slot.clear();
  // One finding for each place in the code.
  const place = problem?.split('\n').slice(0, 2).join(' ').replace(/\d+/g, '#');
  if (problem === undefined || place === undefined || known.has(place)) return;
  known.add(place);
  parentPort?.postMessage({ kind: 'found', problem, ...input } satisfies Found);
};

const report = (done: boolean): void => {
  const progress = {
    kind: 'progress',
    executions,
    blocks: coverage.size,
    corpus: corpus.length,
    done,
  } as const;
  parentPort?.postMessage(progress satisfies Progress);
};

for (const input of seeds) await attempt(input);
// By now every reader that this format needs is loaded: those of seldom formats are files of their own.
forbidFiles(path => parentPort?.postMessage({ kind: 'found', problem: `opened ${path}`, ...slot.get() }));
coverage.fresh();
const end = performance.now() + 1000 * seconds;
let nextReport = 0;
while (performance.now() < end) {
  const batch = Array.from({ length: BATCH }, (): Seed => {
    const parent = oneOf(random, corpus);
    return { name: parent.name, bytes: mutate(parent.bytes, oneOf(random, corpus).bytes, random) };
  });
  for (const input of batch) await attempt(input);
  // Which of them it was is worth finding out only where there was something new; running it again shows nothing new,
  // so the whole batch is kept.
  if (coverage.fresh() > 0) corpus.push(...batch);
  if (performance.now() > nextReport) {
    report(false);
    nextReport = performance.now() + 1000;
  }
}
report(true);
