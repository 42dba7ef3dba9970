import { ShapeError, Tensor, type StoredTensor, type TensorReference } from '../../../engine';
import type { OpenedFile } from '../files/openFiles';
import { chooseTarget } from '../networks/chooseTarget';

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
