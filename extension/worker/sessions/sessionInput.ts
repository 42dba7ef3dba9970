import type { DType, OpenShape, StoredTensor, TensorReference } from '../../../engine';
import { fitImage } from '../../../engine/formats';
import type { RunNote } from '../../run/runNote';
import { chooseInput } from '../networks/chooseInput';
import type { OpenedFile } from '../files/openFiles';
import { scaled, scalingOf } from '../files/scaling';

/** The input of a network, to be read when it is first needed. */
export interface SessionInput {
  readonly tensor: StoredTensor;
  readonly notes: readonly RunNote[];
}

/**
 * The samples of a file's array that a network is given: pictures' bytes brought to 0…1 and an image's channels
 * converted, as Run Conv Layer does.
 * @param form the network's input shape (N, …)
 * @param dtype to compute in
 * @throws ReferenceMisfit if the array cannot be the input, or has not so many samples
 */
export function sessionInput(
  file: OpenedFile,
  reference: TensorReference,
  form: OpenShape,
  batch: number,
  dtype: DType,
): SessionInput {
  const { entry, layout, region, channels } = chooseInput(file, reference, form, batch);
  const converted = channels !== undefined;
  const taken = [batch, ...layout.sample];
  const shape = converted ? taken.with(1, channels) : taken;
  // Converting brings 16-bit pixels to 0…255, too.
  const scaling = scalingOf(converted ? 'uint8' : entry.dtype, 'unit');

  const notes: RunNote[] = [];
  const whole = [layout.samples, ...layout.sample];
  if (entry.shape.length !== whole.length) notes.push({ kind: 'reshaped', from: entry.shape, to: whole });
  if (converted) notes.push({ kind: 'channels', from: entry.shape[1], to: channels });
  if (scaling.note) notes.push(scaling.note);
  return {
    notes,
    tensor: {
      name: `${entry.name} · ${file.label}`,
      shape,
      dtype,
      async read(signal) {
        const read = (await entry.read(region, signal)).reshape(taken);
        return scaled(converted ? fitImage(read, channels, 'byte') : read, scaling, dtype);
      },
    },
  };
}
