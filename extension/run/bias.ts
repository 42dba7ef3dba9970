import { biasNames, type Shape } from '../../engine';

/** The bias of `weights` among a file's tensors: by its name, and with one value for each filter. */
export function findBias<T extends { readonly name: string; readonly shape: Shape }>(
  tensors: readonly T[],
  weights: { readonly name: string; readonly shape: Shape },
): T | undefined {
  const fits = ({ shape }: T): boolean => shape.length === 1 && shape[0] === weights.shape[0];
  return biasNames(weights.name)
    .map(name => tensors.find(tensor => tensor.name === name))
    .find(tensor => tensor && fits(tensor));
}
