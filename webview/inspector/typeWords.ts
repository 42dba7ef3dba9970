import type { DType } from '../../engine';
import { t } from '../l10n';
import type { FileArray } from '../protocol';

/** The element type as users know it: the dtype, or where the elements are no numbers the file's own word. */
export function typeText({ dtype, storedType }: Pick<FileArray, 'dtype' | 'storedType'>): string {
  return dtype ?? storedType;
}

/** `stored as >f4`: how the file stores the elements, where that is more than its word for the dtype; else ''. */
export function storedText({ dtype, storedType }: Pick<FileArray, 'dtype' | 'storedType'>): string {
  return dtype === undefined || meansOnly(storedType, dtype) ? '' : t('stored as {0}', storedType);
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['f', 'float'],
  ['i', 'int'],
  ['u', 'uint'],
  ['bf', 'bfloat'],
]);

/** Whether a format's word says no more than the dtype: `<f4`, `F32`, `FLOAT` and `torch.float32` all mean float32. */
function meansOnly(word: string, dtype: DType): boolean {
  const numpy = /^[<|=]?([fiu])([1-8])$/.exec(word);
  if (numpy) return `${KINDS.get(numpy[1])}${8 * Number(numpy[2])}` === dtype;
  const plain = word.toLowerCase().replace(/^torch\./, '');
  const safetensors = /^(bf|[fiu])(\d+)$/.exec(plain);
  if (safetensors) return `${KINDS.get(safetensors[1])}${safetensors[2]}` === dtype;
  return plain === dtype || ALIASES.get(plain) === dtype;
}

const ALIASES: ReadonlyMap<string, DType> = new Map([
  ['float', 'float32'],
  ['double', 'float64'],
  ['b1', 'bool'],
  ['|b1', 'bool'],
]);
