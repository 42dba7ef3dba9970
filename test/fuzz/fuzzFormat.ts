import { Worker } from 'node:worker_threads';
import { processorTime } from './promise';
import { createSlot, SLOT_BYTES, type Found, type Progress } from './slot';

/** Milliseconds of processor time after which an input hangs: the promise, tried over and over, is kept or broken by then. */
const HANG_MS = 20_000;
/** An input that only waits hangs too: milliseconds on the clock, and room for a machine that does other things. */
const WAIT_MS = 300_000;
const LOOK_MS = 250;

export interface Fuzzing {
  readonly format: string;
  readonly seconds: number;
  readonly seed: number;
}

/**
 * Fuzzes one format for some time, in a process that does nothing else. A thread that hangs is ended, and another one
 * goes on with another seed.
 */
export async function fuzzFormat(
  { format, seconds, seed }: Fuzzing,
  onFound: (found: Found) => void,
): Promise<Progress> {
  const end = performance.now() + 1000 * seconds;
  let executions = 0;
  for (let round = 0; ; round++) {
    const left = (end - performance.now()) / 1000;
    const last = await runThread({ format, seconds: left, seed: seed + round }, onFound);
    executions += last.executions;
    if (last.done || performance.now() > end) return { ...last, executions };
  }
}

function runThread({ format, seconds, seed }: Fuzzing, onFound: (found: Found) => void): Promise<Progress> {
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
    let [since, clock] = [processorTime(), performance.now()];
    const timer = setInterval(() => {
      const now = slot.ticket();
      if (now !== ticket || now === 0) {
        ticket = now;
        [since, clock] = [processorTime(), performance.now()];
      } else if (processorTime() - since > HANG_MS || performance.now() - clock > WAIT_MS) {
        lost(`hangs for over ${HANG_MS} ms`);
        [since, clock] = [Infinity, Infinity];
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
