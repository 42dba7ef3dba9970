import {
  compactShape,
  ShapeError,
  type DType,
  type OpenShape,
  type StoredTensor,
  type TensorReference,
} from '../../engine';
import { fitImage, type TensorEntry } from '../../engine/formats';
import type { RunNote } from '../run/runNote';
import { chooseTensor } from '../run/tensorChoice';
import type { OpenedFile } from './openFiles';
import { sampleLayout, sampleRegion } from './sampleLayout';
import { scaled, scalingOf } from './scaling';

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
 * @throws ShapeError if the array cannot be the input, or has not so many samples
 */
export function sessionInput(
  file: OpenedFile,
  { array, sample = 0 }: TensorReference,
  form: OpenShape,
  batch: number,
  dtype: DType,
): SessionInput {
  const entry = chooseInput(file, array, form);
  // An image's channels are converted to what the network takes.
  const channels = file.isImage && form.length === 4 && typeof form[1] === 'number' ? form[1] : undefined;
  const converted = channels !== undefined && channels !== entry.shape[1] && [1, 3].includes(channels);
  const wanted = converted ? form.with(1, entry.shape[1]) : form;
  const layout = sampleLayout(entry.shape, wanted);
  if (!layout) {
    throw new ShapeError(
      `input: ${entry.name} of ${file.label} is ${compactShape(entry.shape)}, the network takes (${form.join()}); ` +
        `name another array, or change the shape of the input`,
    );
  }
  const region = sampleRegion(`input: ${entry.name} of ${file.label}`, entry.shape, layout, sample, batch);
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

function chooseInput(file: OpenedFile, name: string | undefined, form: OpenShape): TensorEntry {
  const fits = ({ shape }: TensorEntry): boolean => file.isImage || sampleLayout(shape, form) !== undefined;
  return chooseTensor(file, name, `the input (${form.join()})`, fits);
}
