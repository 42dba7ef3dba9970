import { ShapeError, UnsupportedError } from '../errors';
import { kernels } from '../kernels';
import type { Network, NetworkLayer } from '../network';
import { Tensor, wholeRegion } from '../tensor';
import { arrayOf } from '../trace';
import { adam, type Optimizer } from './adam';
import { createBatchRuns, type Batch, type TrainingOptions } from './batchRuns';
import type { NetworkRun, StoredTensor } from './networkRun';
import { startNetwork } from './startNetwork';

/** A network that learns. Layers that name the same array of a file train a copy each. */
export interface Training {
  /** What is trained, by `layer.role` and as the layers take it. The numbers change with each step. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /**
   * One step: forward, backward, and an update of all parameters.
   * @returns the sum of the losses, before the update
   */
  step(batch: Batch, signal?: AbortSignal): Promise<number>;
}

/**
 * Begins to train a network. Its parameters are those of the files, or made; the files stay as they are.
 * @throws ShapeError if a layer does not fit
 * @throws UnsupportedError if there is no loss
 */
export async function startTraining(
  network: Network,
  options: TrainingOptions,
  optimizer: Optimizer = adam(),
  signal?: AbortSignal,
): Promise<Training> {
  const losses = network.layers.flatMap(({ type }, index) => (type === 'softmaxWithLoss' ? [index] : []));
  if (losses.length === 0) {
    throw new UnsupportedError(
      `train: the network ${network.name} has no loss that could become smaller: add a layer softmaxWithLoss at its end`,
    );
  }
  const trained = await copyParameters(network, options, signal);
  const learning: Network = {
    ...network,
    layers: network.layers.map((layer, index) =>
      withOwn(
        layer,
        trained.filter(({ layer }) => layer === index),
      ),
    ),
  };
  const parameters = new Map(options.parameters);
  for (const { name, tensor } of trained) parameters.set(name, stored(name, tensor));
  const runs = createBatchRuns(learning, { ...options, parameters });
  const updates = trained.map(({ tensor }) => optimizer(tensor));
  /** Gradients that others may look at until the next step begins. */
  const seen: Tensor[] = [];

  return {
    parameters: new Map(trained.map(({ name, tensor }) => [name, tensor])),
    step(batch, signal) {
      const own = trained.map(({ tensor }) => tensor);
      const given = [batch.input, ...batch.targets.values(), ...own];
      recycle(seen.splice(0), given);
      return runs.on(batch, async run => {
        requireAll(run);
        let loss = 0;
        for (const index of losses) loss += (await run.layer(index).out.get(signal)).at();
        // All gradients are of the same parameters: none is changed before the last one is there.
        const gradients: Tensor[] = [];
        for (const { layer, role } of trained.toReversed())
          gradients.unshift(await run.layer(layer).dparameters[role].get(signal));
        // Not to be cancelled: it would leave some parameters a step behind the others.
        for (const [i, update] of updates.entries()) await update(gradients[i]);
        recycle(run.kept(), [...given, ...gradients]);
        seen.push(...gradients);
        return loss;
      });
    },
  };
}

/** A parameter that is trained. */
interface Trained {
  /** Position of the layer it belongs to. */
  readonly layer: number;
  readonly role: string;
  readonly name: string;
  readonly tensor: Tensor;
}

/** Copies of what has a gradient, as the layers take it. */
async function copyParameters(
  network: Network,
  options: TrainingOptions,
  signal?: AbortSignal,
): Promise<Trained[]> {
  const run = startNetwork(network, { ...options, batch: 1 });
  try {
    requireAll(run);
    const copies: Trained[] = [];
    for (const [layer, { name }] of network.layers.entries()) {
      const { trace, dparameters } = run.layer(layer);
      for (const role of Object.keys(dparameters)) {
        const { source } = arrayOf(trace, role);
        const { shape, dtype } = source;
        const read = await source.read(wholeRegion(shape), signal);
        const tensor = kernels().place(Tensor.from(read.numbers(), shape, dtype));
        copies.push({ layer, role, name: `${name}.${role}`, tensor });
      }
    }
    return copies;
  } finally {
    run.dispose();
  }
}

/**
 * Lets kernels use the memory of the tensors again that a step has made.
 * @param visible those that go on being read: by the caller, an optimizer or the next step; they may be others under another shape
 */
function recycle(made: readonly Tensor[], visible: readonly Tensor[]): void {
  const inUse = new Set(visible.map(({ data }) => data));
  for (const tensor of made) if (!inUse.has(tensor.data)) kernels().recycle(tensor);
}

/** The layer with what is trained of it under names of their own. */
function withOwn(layer: NetworkLayer, trained: readonly Trained[]): NetworkLayer {
  const own = Object.fromEntries(trained.map(({ role, name }) => [role, name]));
  // The order of the axes in the files is no longer that of the weights.
  const attributes = Object.entries(layer.attributes).filter(([key]) => key !== 'wAxes');
  return {
    ...layer,
    attributes: Object.fromEntries(attributes),
    parameters: { ...layer.parameters, ...own },
  };
}

/** @throws ShapeError if not all layers can run */
function requireAll({ network, runnable, analysis }: NetworkRun): void {
  if (runnable === network.layers.length) return;
  const problem = analysis.problems.find(({ severity }) => severity === 'error');
  throw new ShapeError(
    problem?.message ?? `train: the shapes at ${network.layers[runnable].name} are not all known`,
  );
}

function stored(name: string, tensor: Tensor): StoredTensor {
  return { name, shape: tensor.shape, dtype: tensor.dtype, read: () => Promise.resolve(tensor) };
}
