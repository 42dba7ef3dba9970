import { Worker } from 'node:worker_threads';
import { createSlot, SLOT_BYTES, type Found, type Progress } from './slot';

export { formats } from './seeds';

/** Milliseconds after which an input hangs: the promise, and room for a machine that does other things too. */
const HANG_MS = 20_000;
const LOOK_MS = 250;

export interface Fuzzing {
  readonly format: string;
  readonly seconds: number;
  readonly seed: number;
  onFound(found: Found): void;
}

/** Fuzzes one format for some time. A thread that hangs is ended, and another one goes on with another seed. */
export async function fuzzFormat({ seconds, seed, ...rest }: Fuzzing): Promise<Progress> {
  const end = performance.now() + 1000 * seconds;
  let executions = 0;
  for (let round = 0; ; round++) {
    const left = (end - performance.now()) / 1000;
    const last = await runThread({ ...rest, seconds: left, seed: seed + round });
    executions += last.executions;
    if (last.done || performance.now() > end) return { ...last, executions };
  }
}

function runThread({ format, seconds, seed, onFound }: Fuzzing): Promise<Progress> {
  const memory = new SharedArrayBuffer(SLOT_BYTES);
  const slot = createSlot(memory);
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { format, seed, seconds, memory },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  let progress: Progress = { kind: 'progress', executions: 0, blocks: 0, corpus: 0, done: false };
  const lost = (problem: string): void => onFound({ kind: 'found', problem, ...slot.get() });
  return new Promise(resolve => {
    let ticket = 0;
    let since = performance.now();
    const timer = setInterval(() => {
      const now = slot.ticket();
      if (now !== ticket || now === 0) {
        ticket = now;
        since = performance.now();
      } else if (performance.now() - since > HANG_MS) {
        lost(`hangs for over ${HANG_MS} ms`);
        since = Infinity;
        void worker.terminate();
      }
    }, LOOK_MS);
    worker.on('message', (message: Progress | Found) => {
      if (message.kind === 'progress') progress = message;
      else onFound(message);
    });
    worker.on('error', error => lost(`ended its thread: ${String(error)}`));
    worker.on('exit', () => {
      clearInterval(timer);
      resolve(progress);
    });
  });
}
