import { compactShape, type Region, type Shape, type TensorReference } from '../../../engine';
import { chooseTensor } from '../../run/tensorChoice';
import type { ListedArray, ListedFile } from './chooseInput';
import { at, ReferenceMisfit } from './referenceMisfit';
import { sampleRegion } from './sampleLayout';

/**
 * Chooses the labels in a file.
 * @throws ReferenceMisfit if the array is neither class numbers (M,) nor one-hot (M, classes), or has not so many samples
 */
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
