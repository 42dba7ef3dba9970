import type { TensorEntry, TextEntry } from './tensorFile';

/**
 * The arrays of a file under names of their own: a zip may hold a name twice, and the dict keys 1 and '1' look the same.
 * The second gets a number.
 */
export function withUniqueNames(
  tensors: readonly TensorEntry[],
  texts: readonly TextEntry[],
): { tensors: TensorEntry[]; texts: TextEntry[] } {
  const copies = new Map<string, number>();
  const unique = <T extends { readonly name: string }>(array: T): T => {
    let { name } = array;
    let copy = copies.get(name) ?? 1;
    while (copies.has(name)) name = `${array.name} (${++copy})`;
    copies.set(array.name, copy);
    copies.set(name, 1);
    return name === array.name ? array : { ...array, name };
  };
  return { tensors: tensors.map(unique), texts: texts.map(unique) };
}
