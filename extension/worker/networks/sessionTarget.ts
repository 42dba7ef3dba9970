import {
  compactShape,
  ShapeError,
  Tensor,
  type Region,
  type Shape,
  type StoredTensor,
  type TensorReference,
} from '../../../engine';
import { chooseTensor } from '../../run/tensorChoice';
import type { ListedArray, ListedFile } from './chooseInput';
import type { OpenedFile } from '../files/openFiles';
import { at, ReferenceMisfit } from './referenceMisfit';
import { sampleRegion } from './sampleLayout';

/**
 * The labels that a layer's target lists, of the first samples.
 * @throws ShapeError if there are not so many
 */
export function listedTarget(layer: string, labels: readonly number[], batch: number): StoredTensor {
  if (labels.length < batch) {
    throw new ShapeError(
      `${layer}: target lists ${labels.length} ${labels.length === 1 ? 'label' : 'labels'} for ${batch} samples; ` +
        `list one for each, or run fewer samples`,
    );
  }
  const shape = [batch];
  return {
    name: `${layer}.target`,
    shape,
    dtype: 'int32',
    read: () => Promise.resolve(Tensor.from(labels.slice(0, batch), shape, 'int32')),
  };
}

/**
 * The labels in a file: class numbers (M,), or one-hot (M, classes).
 * @throws ReferenceMisfit if the array is neither, or has not so many samples
 */
export function storedTarget(
  layer: string,
  file: OpenedFile,
  reference: TensorReference,
  batch: number,
): StoredTensor {
  const { entry, region } = chooseTarget(layer, file, reference, batch);
  return {
    name: `${entry.name} · ${file.label}`,
    shape: region.map(({ count }) => count),
    dtype: entry.dtype,
    read: signal => entry.read(region, signal),
  };
}

/** Chooses the labels in a file. @throws ReferenceMisfit as {@link storedTarget} */
export function chooseTarget<T extends ListedArray>(
  layer: string,
  file: ListedFile<T>,
  { array, sample = 0 }: TensorReference,
  batch: number,
): { readonly entry: T; readonly region: Region } {
  const entry = at('array', () =>
    chooseTensor(file, array, `the target of ${layer} (M) or (M,classes)`, ({ shape }) => isLabels(shape)),
  );
  const name = `${layer}: the target ${entry.name} of ${file.label}`;
  if (!isLabels(entry.shape)) {
    throw new ReferenceMisfit(
      'array',
      `${name} is ${compactShape(entry.shape)}; it must be class numbers (M) or one-hot (M,classes)`,
    );
  }
  const layout = { samples: entry.shape[0], batched: true };
  return { entry, region: at('sample', () => sampleRegion(name, entry.shape, layout, sample, batch)) };
}

function isLabels(shape: Shape): boolean {
  return shape.length === 1 || shape.length === 2;
}
