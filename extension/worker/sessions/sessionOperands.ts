import {
  computeDType,
  isReference,
  ShapeError,
  type Network,
  type OpenShape,
  type RunOptions,
  type StoredTensor,
} from '../../../engine';
import { sumsNotes } from '../kernels/sumsNotes';
import { fileNotes, type RunNote } from '../../run/runNote';
import { batchOf } from '../networks/chooseInput';
import type { OpenedFile, OpenFile } from '../files/openFiles';
import { sessionInput, type SessionInput } from './sessionInput';
import type { StartParams } from './sessionRequests';
import { listedTarget, storedTarget } from './sessionTarget';

/** Numbers that are made for what no file gives are the same in every session. */
const SEED = 0;

/** What a network is run on, opened but not read. */
export interface SessionOperands {
  /** The network with the sizes that its input's array has. */
  readonly network: Network;
  readonly options: Omit<RunOptions, 'budget'>;
  /** Where the input comes from, as a short label; empty where it is made. */
  readonly inputFrom: string;
  readonly notes: readonly RunNote[];
}

/**
 * Opens the files that a network names.
 * @throws FormatError, UnsupportedError, ShapeError if the input or a target is not what the network takes, CancelledError
 */
export async function openOperands(
  { network, files, batch: wantedBatch }: Pick<StartParams, 'network' | 'files' | 'batch'>,
  openFile: OpenFile,
  signal: AbortSignal,
): Promise<SessionOperands> {
  const open = (file: string): Promise<OpenedFile> => openFile(files[file], signal);
  const params = await Promise.all(network.params.map(open));
  const { shape: form, tensor: reference } = network.input;
  const inputFile = reference && (await open(reference.file));
  const used = new Set(network.layers.flatMap(({ parameters }) => Object.values(parameters)));
  const parameters = parametersOf(params);
  const isDouble = [...used].some(name => parameters.get(name)?.dtype === 'float64');
  const dtype = computeDType(isDouble ? 'float64' : 'float32');
  const batch = wantedBatch ?? batchOf(form);
  if (!Number.isInteger(batch) || batch < 1)
    throw new ShapeError(`run: the batch is ${batch}, it must be a whole number of at least 1`);

  const input: SessionInput | undefined =
    reference && inputFile && sessionInput(inputFile, reference, form, batch, dtype);
  const targets = new Map<string, StoredTensor>();
  for (const { name, target } of network.layers) {
    if (!target) continue;
    const first = reference?.sample;
    targets.set(
      name,
      isReference(target)
        ? storedTarget(name, await open(target.file), { ...target, sample: target.sample ?? first }, batch)
        : listedTarget(name, target, batch),
    );
  }
  const opened = new Set([...params, ...(inputFile ? [inputFile] : [])]);
  return {
    network: withSizes(network, [batch, ...(input?.tensor.shape ?? form).slice(1)]),
    options: { batch, input: input?.tensor, targets, parameters, seed: SEED, dtype },
    inputFrom: input?.tensor.name ?? '',
    notes: [...(input?.notes ?? [{ kind: 'randomInput' } as const]), ...sumsNotes(), ...fileNotes(opened)],
  };
}

/** The parameters by name: of equal names, the first file's. */
function parametersOf(files: readonly OpenedFile[]): ReadonlyMap<string, StoredTensor> {
  const parameters = new Map<string, StoredTensor>();
  for (const { tensors } of files) {
    for (const entry of tensors) {
      if (parameters.has(entry.name)) continue;
      const { name, shape, dtype } = entry;
      parameters.set(name, { name, shape, dtype, read: signal => entry.read(undefined, signal) });
    }
  }
  return parameters;
}

/** The network with the sizes of its input's shape; a batch that the file leaves open stays so. */
function withSizes(network: Network, [batch, ...sample]: OpenShape): Network {
  const { shape, tensor } = network.input;
  const [N] = shape;
  return { ...network, input: { tensor, shape: [typeof N === 'string' ? N : batch, ...sample] } };
}
