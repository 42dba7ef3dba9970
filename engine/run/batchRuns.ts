import type { Network } from '../network';
import type { Tensor } from '../tensor';
import type { NetworkRun, RunOptions, StoredTensor } from './networkRun';
import { startNetwork } from './startNetwork';

/** Samples of one step of a training. */
export interface Batch {
  /** (N, …) */
  readonly input: Tensor;
  /** The labels of the losses by layer name: class numbers (N,), or one-hot (N, classes). */
  readonly targets: ReadonlyMap<string, Tensor>;
}

/** What a training begins with. */
export type TrainingOptions = Omit<RunOptions, 'batch' | 'input' | 'targets'>;

/** Runs of a network on one batch after another. */
export interface BatchRuns {
  /** Gives `use` a run on a batch; it must not be used any more when that has ended. */
  on<T>(batch: Batch, use: (run: NetworkRun) => Promise<T>): Promise<T>;
}

/** A run, and the batch that it reads. */
interface BatchRun {
  readonly run: NetworkRun;
  batch: Batch;
}

/** The network is understood and its layers are started once for batches of the same shapes and types in a row. */
export function createBatchRuns(network: Network, options: TrainingOptions): BatchRuns {
  let idle: BatchRun | undefined;
  const take = (batch: Batch): BatchRun => {
    const found = idle;
    idle = undefined;
    if (!found || formOf(found.batch) !== formOf(batch)) return startBatchRun(network, options, batch);
    found.batch = batch;
    return found;
  };
  return {
    async on(batch, use) {
      const taken = take(batch);
      try {
        const result = await use(taken.run);
        taken.run.forget();
        idle = taken;
        return result;
      } catch (error) {
        taken.run.dispose(); // something of it may be under way
        throw error;
      }
    },
  };
}

function startBatchRun(network: Network, options: TrainingOptions, batch: Batch): BatchRun {
  const [input, ...targets] = tensorsOf(batch).map(([name, { shape, dtype }], index): StoredTensor => ({
    name,
    shape,
    dtype,
    read: () => Promise.resolve(tensorsOf(started.batch)[index][1]),
  }));
  const run = startNetwork(network, {
    ...options,
    batch: batch.input.shape[0],
    input,
    targets: new Map(targets.map(target => [target.name, target])),
  });
  const started: BatchRun = { run, batch };
  return started;
}

/** What a run is started for. */
function formOf(batch: Batch): string {
  return JSON.stringify(tensorsOf(batch).map(([name, { shape, dtype }]) => [name, shape, dtype]));
}

function tensorsOf({ input, targets }: Batch): (readonly [name: string, tensor: Tensor])[] {
  return [['input', input], ...targets];
}
