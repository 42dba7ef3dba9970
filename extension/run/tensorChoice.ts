import { canBeWeights, compactShape, ShapeError, type Shape } from '../../engine';

interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** A file as far as choosing needs to know it. */
interface FileOf<T> {
  /** Named in errors. */
  readonly label: string;
  readonly tensors: readonly T[];
  readonly notes: readonly { readonly name: string; readonly reason: string }[];
}

/** Parts left out that an error tells of; more would not be read. */
const MAX_NOTES = 3;

/** Taps along one side of a filter; larger 4-D arrays are far likelier pictures. */
const MAX_TAPS = 15;

/** Whether an array that can be filters looks like them, too: a small window, or a telling name. */
export function looksLikeWeights(tensor: NamedShape): boolean {
  const [, , FH, FW] = tensor.shape;
  const telling = /^(.*[./])?(W\d*|.*(weight|kernel|filter).*)$/i.test(tensor.name);
  return canBeWeights(tensor) && (telling || (FH <= MAX_TAPS && FW <= MAX_TAPS));
}

/**
 * The tensor called `name`, or the only candidate where no name is given.
 * @param wanted what the tensor is for, with its shape, e.g. `W (FN,C,FH,FW)`
 * @throws ShapeError listing what there is, and what was left out of the file and why
 */
export function chooseTensor<T extends NamedShape>(
  { label, tensors, notes }: FileOf<T>,
  name: string | undefined,
  wanted: string,
  isCandidate: (tensor: T) => boolean,
): T {
  const list = (of: readonly T[]): string =>
    of.map(tensor => `${tensor.name} ${compactShape(tensor.shape)}`).join(', ') || 'no arrays';
  const contents = (): string => {
    const leftOut = notes
      .slice(0, MAX_NOTES)
      .map(({ name, reason }) => (name ? `${name}: ${reason}` : reason));
    return [list(tensors), ...leftOut].join('; ');
  };
  if (name !== undefined) {
    const named = tensors.find(tensor => tensor.name === name);
    if (!named) throw new ShapeError(`${label}: there is no array '${name}'; the file has ${contents()}`);
    return named;
  }
  const candidates = tensors.length === 1 ? tensors : tensors.filter(isCandidate);
  if (candidates.length === 1) return candidates[0];
  throw new ShapeError(
    candidates.length === 0
      ? `${label}: nothing in it can be ${wanted}; the file has ${contents()}`
      : `${label}: several arrays can be ${wanted}: ${list(candidates)}; say which by its name`,
  );
}
