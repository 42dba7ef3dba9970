import { compactShape, type OpenShape, type Region, type Shape, type TensorReference } from '../../../engine';
import { chooseTensor } from '../../run/tensorChoice';
import { at, ReferenceMisfit } from './referenceMisfit';
import { sampleLayout, sampleRegion, type SampleLayout } from './sampleLayout';

/** An array, as far as one needs to know it to take samples of it. */
export interface ListedArray {
  readonly name: string;
  readonly shape: Shape;
}

/** A file of arrays, as far as one needs to know it to take samples of an array. */
export interface ListedFile<T extends ListedArray = ListedArray> {
  readonly label: string;
  readonly isImage: boolean;
  readonly tensors: readonly T[];
  readonly notes: readonly { readonly name: string; readonly reason: string }[];
}

/** The samples that a network is given, chosen but not read. */
export interface ChosenInput<T extends ListedArray> {
  readonly entry: T;
  readonly layout: SampleLayout;
  readonly region: Region;
  /** The channels that an image's are converted to, where it has others. */
  readonly channels?: number;
}

/** How many samples go through a network at once unless somebody says otherwise. */
export function batchOf([N]: OpenShape): number {
  return typeof N === 'number' ? N : 1;
}

/**
 * Chooses the samples of a file's array that a network is given.
 * @param form the network's input shape (N, …)
 * @throws ReferenceMisfit if the array cannot be the input, or has not so many samples
 */
export function chooseInput<T extends ListedArray>(
  file: ListedFile<T>,
  { array, sample = 0 }: TensorReference,
  form: OpenShape,
  batch: number,
): ChosenInput<T> {
  const fits = ({ shape }: ListedArray): boolean => file.isImage || sampleLayout(shape, form) !== undefined;
  const entry = at('array', () => chooseTensor(file, array, `the input (${form.join()})`, fits));
  // An image's channels are converted to what the network takes.
  const wanted = file.isImage && form.length === 4 && typeof form[1] === 'number' ? form[1] : undefined;
  const channels =
    wanted !== undefined && wanted !== entry.shape[1] && [1, 3].includes(wanted) ? wanted : undefined;
  const layout = sampleLayout(entry.shape, channels === undefined ? form : form.with(1, entry.shape[1]));
  if (!layout) {
    throw new ReferenceMisfit(
      'shape',
      `input: ${entry.name} of ${file.label} is ${compactShape(entry.shape)}, the network takes (${form.join()}); ` +
        `name another array, or change the shape of the input`,
    );
  }
  const name = `input: ${entry.name} of ${file.label}`;
  const region = at('sample', () => sampleRegion(name, entry.shape, layout, sample, batch));
  return { entry, layout, region, channels };
}
