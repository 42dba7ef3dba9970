import { distance } from 'fastest-levenshtein';

/** Longer names are compared by their ends, where they differ. */
const COMPARED = 48;

/** How unlike two names are: letters to change, add or take away. */
export function nameDistance(a: string, b: string): number {
  return distance(a.slice(-COMPARED).toLowerCase(), b.slice(-COMPARED).toLowerCase());
}

/**
 * The name that belongs to `other` as `partner` belongs to `name`: W2 → b2 makes W3 → b3, fc1.weight → fc1.bias makes
 * conv1.weight → conv1.bias.
 */
export function partnerName(name: string, partner: string, other: string): string | undefined {
  let start = 0;
  while (start < name.length && name[start] === partner[start]) start++;
  let end = 0;
  const shorter = Math.min(name.length, partner.length);
  while (end < shorter - start && name.at(-1 - end) === partner.at(-1 - end)) end++;
  const [from, to] = [name.slice(start, name.length - end), partner.slice(start, partner.length - end)];
  const at = other.lastIndexOf(from);
  return from === '' || at < 0 ? undefined : other.slice(0, at) + to + other.slice(at + from.length);
}

/**
 * What the bias that belongs to weights may be called, the likeliest first, in the book, by PyTorch and by Keras: b1 for
 * W1, conv.bias for conv.weight, conv/bias:0 for conv/kernel:0. Never what the weights are called.
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
