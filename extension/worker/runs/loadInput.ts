import {
  bytesInMemory,
  compactShape,
  computeDType,
  formatBytes,
  ShapeError,
  sizeOf,
  wholeRegion,
  type DType,
  type Shape,
  type Tensor,
} from '../../../engine';
import { fitImage, type TensorEntry } from '../../../engine/formats';
import type { InputReference } from '../../../webview/protocol';
import { fitInput } from '../../run/inputShape';
import type { RunNote } from '../../run/runNote';
import { scaled, scalingOf } from '../files/scaling';

export interface LoadedInput {
  /** (N, C, H, W), in the dtype to compute in. */
  readonly x: Tensor;
  readonly groups: number;
  readonly notes: readonly RunNote[];
}

/**
 * Reads what was chosen of an array and makes it the input of filters W: one sample or all, four axes, the channels
 * of an image converted, integers brought to 0…1 or 0…255.
 *
 * @param weights shape and dtype of W
 * @throws ShapeError if the array cannot be the input, or has no such sample
 */
export async function loadInput(
  entry: TensorEntry,
  isImage: boolean,
  weights: { readonly shape: Shape; readonly dtype: DType },
  { sample, scale = 'unit' }: InputReference,
  groups: number | undefined,
  signal: AbortSignal,
): Promise<LoadedInput> {
  const fit = fitInput(entry.shape, weights.shape, isImage, groups);
  if ('reason' in fit) throw new ShapeError(`conv: ${entry.name} cannot be x: ${fit.reason}`);
  const [N, ...rest] = fit.shape;
  if (sample !== undefined && (!Number.isInteger(sample) || sample < 0 || sample >= N)) {
    throw new ShapeError(
      `conv: there is no sample ${sample}: ${entry.name} ${compactShape(entry.shape)} has the samples 0…${N - 1}`,
    );
  }
  const one = sample !== undefined && fit.batched;
  const region = wholeRegion(entry.shape).map((range, axis) =>
    one && axis === 0 ? { start: sample, count: 1, step: 1 } : range,
  );
  const shape = [one ? 1 : N, ...rest];
  const dtype = computeDType([entry.dtype, weights.dtype].includes('float64') ? 'float64' : 'float32');
  requireMemory(entry.name, shape, dtype);
  const read = (await entry.read(region, signal)).reshape(shape);
  const converted = fit.shape[1] !== fit.channels;
  // The conversion brings 16-bit pixels to 0…255, too.
  const pixels = converted ? fitImage(read, fit.channels, 'byte') : read;
  const scaling = scalingOf(converted ? 'uint8' : entry.dtype, scale);
  const notes: RunNote[] = [];
  if (entry.shape.length < 4) notes.push({ kind: 'reshaped', from: entry.shape, to: fit.shape });
  if (fit.shape[1] !== fit.channels) notes.push({ kind: 'channels', from: fit.shape[1], to: fit.channels });
  if (scaling.note) notes.push(scaling.note);
  return { x: scaled(pixels, scaling, dtype), groups: fit.groups, notes };
}

/** Bytes of x in memory; all that follows from x is a few times larger. */
const MAX_INPUT_BYTES = 2 ** 29;

function requireMemory(name: string, shape: Shape, dtype: DType): void {
  const bytes = sizeOf(shape) * bytesInMemory(dtype);
  if (bytes > MAX_INPUT_BYTES) {
    throw new ShapeError(
      `conv: x ${compactShape(shape)} from ${name} takes ${formatBytes(bytes)}, ` +
        `at most ${formatBytes(MAX_INPUT_BYTES)} are run at once: choose one sample of the batch`,
    );
  }
}
