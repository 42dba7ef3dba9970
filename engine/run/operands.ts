import { ShapeError } from '../errors';
import { paced } from '../kernels';
import type { Keep } from '../layers';
import { parameterAxes, type NetworkLayer } from '../network';
import { compactShape, sameShape, Tensor, type LazyTensor, type Shape } from '../tensor';
import type { RunOptions, StoredTensor } from './networkRun';
import { heDeviation, normalNumbers } from './random';

/** The network's input of `shape`: read, or made of random numbers. */
export function inputTensor(shape: Shape, { input, dtype, seed }: RunOptions, keep: Keep): LazyTensor {
  return keep({ input: { shape, dtype } }, async signal => ({
    input: input
      ? (await readStored(input, shape, signal)).astype(dtype)
      : await paced(normalNumbers(shape, 1, `${seed} input`, dtype), signal),
  })).input;
}

/**
 * The parameters of a layer by role: those that its network names are read, the others made; and the labels `t` of a
 * loss.
 * @param shapes of the parameters, by role
 */
export function layerParameters(
  layer: NetworkLayer,
  shapes: Readonly<Record<string, Shape>>,
  options: RunOptions,
  keep: Keep,
): Record<string, LazyTensor> {
  const { dtype } = options;
  const parameters: Record<string, LazyTensor> = {};
  for (const [role, shape] of Object.entries(shapes)) {
    parameters[role] = keep({ [role]: { shape, dtype } }, async signal => ({
      [role]: await makeParameter(layer, role, shape, options, signal),
    }))[role];
  }
  if (layer.type === 'softmaxWithLoss') parameters.t = labels(layer, options, keep);
  return parameters;
}

/** The parameters that a layer's network names and the files have, by role and as they are stored. */
export function storedParameters(
  layer: NetworkLayer,
  { parameters }: RunOptions,
  keep: Keep,
): ReadonlyMap<string, LazyTensor> {
  const found = new Map<string, LazyTensor>();
  for (const [role, name] of Object.entries(layer.parameters)) {
    const stored = parameters.get(name);
    if (!stored) continue;
    const { shape, dtype } = stored;
    const read = keep({ tensor: { shape, dtype } }, async signal => ({
      tensor: await readStored(stored, shape, signal),
    }));
    found.set(role, read.tensor);
  }
  return found;
}

async function makeParameter(
  layer: NetworkLayer,
  role: string,
  shape: Shape,
  { parameters, seed, dtype }: RunOptions,
  signal?: AbortSignal,
): Promise<Tensor> {
  const stored = Object.hasOwn(layer.parameters, role) ? parameters.get(layer.parameters[role]) : undefined;
  if (stored) {
    const read = (await readStored(stored, stored.shape, signal)).astype(dtype);
    const axes = parameterAxes(layer, role);
    return axes ? read.transpose(axes) : read;
  }
  if (role === 'W') {
    const key = `${seed} ${layer.name}.${role}`;
    return paced(normalNumbers(shape, heDeviation(shape), key, dtype), signal);
  }
  return role === 'gamma' || role === 'var' ? Tensor.full(shape, 1, dtype) : Tensor.zeros(shape, dtype);
}

/** The labels of a loss: of the file, or as the network lists them. */
function labels({ name, target }: NetworkLayer, { targets, batch }: RunOptions, keep: Keep): LazyTensor {
  const stored = targets?.get(name);
  const shape = stored?.shape ?? [batch];
  return keep({ t: { shape, dtype: stored?.dtype ?? 'int32' } }, async signal => {
    if (stored) return { t: await readStored(stored, shape, signal) };
    const listed = Array.isArray(target) ? target.slice(0, batch) : [];
    if (listed.length < batch) {
      throw new ShapeError(
        `softmaxWithLoss: ${name} has ${listed.length} labels for a batch of ${batch}: give one for each sample as its target`,
      );
    }
    return { t: Tensor.from(listed, shape, 'int32') };
  }).t;
}

/** @throws ShapeError if it is not, or no longer, of `shape` */
async function readStored(stored: StoredTensor, shape: Shape, signal?: AbortSignal): Promise<Tensor> {
  const tensor = await stored.read(signal);
  if (!sameShape(tensor.shape, shape)) {
    throw new ShapeError(
      `run: ${stored.name} has the shape ${compactShape(tensor.shape)}, ${compactShape(shape)} was expected: if its file has changed, run again`,
    );
  }
  return tensor;
}
