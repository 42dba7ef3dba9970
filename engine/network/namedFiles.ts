import type { Network, Place, TensorReference } from './network';

/** A file that a network names, and where it names it. */
export interface NamedAt {
  readonly file: string;
  readonly place: Place;
}

/** The files that a network names, in the order of its parts. */
export function namedFiles({ params, input, layers }: Network): NamedAt[] {
  const named: NamedAt[] = params.map((file, i) => ({ file, place: { key: 'params', within: String(i) } }));
  if (input.tensor) named.push({ file: input.tensor.file, place: { key: 'input', within: 'file' } });
  for (const [layer, { target }] of layers.entries()) {
    if (target && isReference(target))
      named.push({ file: target.file, place: { layer, key: 'target', within: 'file' } });
  }
  return named;
}

/** Whether a target is an array of a file, rather than a list of labels. */
export function isReference(target: TensorReference | readonly number[]): target is TensorReference {
  return 'file' in target;
}
