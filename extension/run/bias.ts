import type { Shape } from '../../engine';

/**
 * Names that the bias of the weights `weights` goes by: b1 for W1, conv.bias for conv.weight, b for W,
 * conv/bias:0 for conv/kernel:0. The likeliest first, none of them equal to `weights`.
 */
export function biasNames(weights: string): readonly string[] {
  const prefix = /^(.*[./])?/.exec(weights)![0];
  const own = weights.slice(prefix.length);
  const candidates = [
    own.replace(/^W/, 'b'),
    own.replace(/^w/, 'b'),
    own.replace('weights', 'biases'),
    own.replace(/weights?|kernel|filters?/, 'bias'),
    own.replace(/_W/, '_b'),
    own.replace(/_w/, '_b'),
  ];
  return [...new Set(candidates)].filter(name => name !== own).map(name => prefix + name);
}

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
