import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { messageOf } from '../../../engine';
import {
  createSingleCrew,
  createThreadedCrew,
  createWasmKernels,
  fastestSet,
  kernels,
  reference,
  useKernels,
  type Crew,
} from '../../../engine/kernels';
import type { EngineSettings, KernelReport } from './kernelRequests';
import { nodeThreads } from './nodeThreads';
import { whenIdle } from './whenIdle';

/** Threads where the user names no number: more help little, and VS Code needs some cores too. */
const MOST_THREADS = 8;

/** The kernels of a worker. */
export interface WorkerKernels {
  /** What is computed from now on is so with these settings. */
  use(settings: EngineSettings): void;
  report(): KernelReport;
}

/**
 * Puts the fastest kernels that this machine runs in the place of the reference, which stays where they cannot be
 * loaded. Their threads and memory are given back when they have been idle.
 * @param bundles the folder dist
 */
export async function loadKernels(bundles: URL): Promise<WorkerKernels> {
  const host = nodeThreads(new URL('worker/kernelThread.mjs', bundles));
  const set = fastestSet();
  const cores = availableParallelism();
  let settings: EngineSettings = { threads: 0, arithmetic: 'exact' };
  let problem: string | undefined;
  let module: WebAssembly.Module | undefined;
  let crew: Crew | undefined;

  const createCrew = (threads: number): Crew | undefined => {
    if (!module) return undefined;
    return threads === 1 ? createSingleCrew(module) : createThreadedCrew(module, threads, host);
  };

  /** Begins anew, with a memory that is empty and without other threads; what is under way ends with the old ones. */
  const renew = (): void => {
    crew?.end();
    crew = undefined;
    const { threads, arithmetic } = settings;
    try {
      const next = createCrew(threads || Math.min(cores, MOST_THREADS));
      if (!next) return;
      const onIdle = (): void => {
        if (crew !== next) return;
        renew();
        collectGarbage();
      };
      useKernels(createWasmKernels(whenIdle(next, onIdle), { set, arithmetic }));
      crew = next;
    } catch (error) {
      problem = messageOf(error);
      useKernels(reference);
    }
  };

  try {
    if (set !== 'reference')
      module = await WebAssembly.compile(await readFile(new URL(`kernels/${set}.wasm`, bundles)));
  } catch (error) {
    problem = messageOf(error);
  }
  renew();
  return {
    use(next) {
      if (next.threads === settings.threads && next.arithmetic === settings.arithmetic) return;
      settings = next;
      renew();
    },
    report() {
      const { set: inUse, arithmetic, threads } = kernels();
      const memory = crew?.memory.buffer.byteLength ?? 0;
      const { node, v8 } = process.versions;
      return { set: inUse, arithmetic, threads, cores, memory, problem, node, v8 };
    },
  };
}

/**
 * Frees memory that nothing refers to any more. A thread looks for such only while it allocates some, and an idle one
 * allocates none: so this does, without ever writing to it.
 */
function collectGarbage(): void {
  try {
    new ArrayBuffer(2 ** 28);
  } catch {
    // Where there is no room for it, the search for some has been made all the same.
  }
}
