import {
  INPUT,
  isReference,
  type Extent,
  type Fix,
  type Network,
  type OpenShape,
  type Place,
  type Problem,
  type Shape,
  type TensorReference,
} from '../../../engine';
import { nearestName } from '../../../engine/network/file/nearestName';
import { batchOf, chooseInput, type ListedFile } from './chooseInput';
import { ReferenceMisfit } from './referenceMisfit';
import { sampleLayout } from './sampleLayout';
import { chooseTarget } from './chooseTarget';

/** Something wrong with an array that a network names. */
export interface ReferenceProblem extends Problem {
  /** JSON that, in place of what stands there, mends it. */
  readonly replacement?: string;
}

/**
 * What a session would refuse of the arrays that a network names for its input and its targets.
 * @param files what the files hold, by the names that the network gives them; those that cannot be read are left out
 */
export function referenceProblems(
  { input, layers }: Network,
  files: ReadonlyMap<string, ListedFile>,
): ReferenceProblem[] {
  const form = input.shape;
  if (form.length === 0) return [];
  const batch = batchOf(form);
  const problems: ReferenceProblem[] = [];
  const check = (place: Place, reference: TensorReference, choose: (file: ListedFile) => unknown): void => {
    const file = files.get(reference.file);
    if (!file) return;
    try {
      choose(file);
    } catch (error) {
      if (!(error instanceof ReferenceMisfit)) throw error;
      problems.push(problemOf(error, place, reference, file, form));
    }
  };
  const { tensor } = input;
  if (tensor) check({ key: INPUT }, tensor, file => chooseInput(file, tensor, form, batch));
  for (const [layer, { name, target }] of layers.entries()) {
    if (!target || !isReference(target)) continue;
    const reference = { ...target, sample: target.sample ?? tensor?.sample };
    check({ layer, key: 'target' }, reference, file => chooseTarget(name, file, reference, batch));
  }
  return problems;
}

function problemOf(
  { part, message }: ReferenceMisfit,
  place: Place,
  { array }: TensorReference,
  file: ListedFile,
  form: OpenShape,
): ReferenceProblem {
  const meant =
    part === 'array' && array !== undefined
      ? nearestName(
          array,
          file.tensors.map(({ name }) => name),
        )
      : undefined;
  return {
    severity: 'error',
    fault: `${place.key}${part[0].toUpperCase()}${part.slice(1)}`,
    message,
    place: { ...place, within: part },
    fixes: part === 'shape' ? inputShapes(file, array, form) : [],
    replacement: meant === undefined ? undefined : JSON.stringify(meant),
  };
}

/** Shapes of the input with which the array that is named, or the only one there is, can be it. */
function inputShapes({ tensors }: ListedFile, array: string | undefined, form: OpenShape): Fix[] {
  const entry = tensors.find(({ name }) => name === (array ?? tensors[0].name));
  const shape = entry && formOf(entry.shape, form[0]);
  if (!shape || !sampleLayout(entry.shape, shape)) return [];
  return [{ changes: [{ place: { key: INPUT }, value: shape }], out: shape }];
}

/** The form of the samples that an array holds along its first axis: pictures have a channel. */
function formOf([, ...sample]: Shape, batch: Extent): readonly Extent[] | undefined {
  if (sample.length === 2) return [batch, 1, ...sample];
  return sample.length === 1 || sample.length === 3 ? [batch, ...sample] : undefined;
}
