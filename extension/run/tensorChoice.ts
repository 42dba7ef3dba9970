import { compactShape, ShapeError, type Shape } from '../../engine';

interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** Taps along one side of a filter; larger 4-D arrays are far likelier pictures. */
const MAX_TAPS = 15;

/** Whether an array can be filters W at all: (FN, C, FH, FW), none of them 0. */
export function canBeWeights({ shape }: NamedShape): boolean {
  return shape.length === 4 && !shape.includes(0);
}

/** Whether an array that can be filters looks like them, too: a small window, or a telling name. */
export function looksLikeWeights(tensor: NamedShape): boolean {
  const [, , FH, FW] = tensor.shape;
  const telling = /^(.*[./])?(W\d*|.*(weight|kernel|filter).*)$/i.test(tensor.name);
  return canBeWeights(tensor) && (telling || (FH <= MAX_TAPS && FW <= MAX_TAPS));
}

/**
 * The tensor called `name`, or the only candidate where no name is given.
 * @param file named in errors
 * @param wanted what the tensor is for, with its shape, e.g. `W (FN,C,FH,FW)`
 * @throws ShapeError listing what there is
 */
export function chooseTensor<T extends NamedShape>(
  tensors: readonly T[],
  name: string | undefined,
  file: string,
  wanted: string,
  isCandidate: (tensor: T) => boolean,
): T {
  const list = (of: readonly T[]): string =>
    of.map(tensor => `${tensor.name} ${compactShape(tensor.shape)}`).join(', ') || 'no arrays';
  if (name !== undefined) {
    const named = tensors.find(tensor => tensor.name === name);
    if (!named) throw new ShapeError(`${file}: there is no array '${name}'; the file has ${list(tensors)}`);
    return named;
  }
  const candidates = tensors.length === 1 ? tensors : tensors.filter(isCandidate);
  if (candidates.length === 1) return candidates[0];
  throw new ShapeError(
    candidates.length === 0
      ? `${file}: nothing in it can be ${wanted}; the file has ${list(tensors)}`
      : `${file}: several arrays can be ${wanted}: ${list(candidates)}; say which by its name`,
  );
}
