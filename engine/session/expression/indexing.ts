import { ExpressionError } from '../../errors';
import { parseSlice, slicedSource, type ArraySource } from '../../tensor';
import { array, describe, tuple, valueOf, wholeOf, type ArrayOperand, type Operand } from './operand';
import { expanded } from './views';

/** What stands between brackets, evaluated. */
export type Index =
  | { readonly kind: 'at'; readonly operand: Operand }
  | { readonly kind: 'slice'; readonly parts: readonly (Operand | undefined)[] }
  | { readonly kind: 'ellipsis' };

/**
 * What brackets select of an array: a region that is read when it is asked for.
 * @throws IndexError, ExpressionError, CancelledError
 */
export async function indexArray(
  source: ArraySource,
  indices: readonly Index[],
  signal?: AbortSignal,
): Promise<ArrayOperand> {
  const items: string[] = [];
  /** For each new axis, how many of the items stand before it. */
  const newAxes: number[] = [];
  for (const index of indices) {
    if (index.kind === 'at' && index.operand.kind === 'none') newAxes.push(items.length);
    else items.push(await textOf(index, signal));
  }
  const part = slicedSource(source, parseSlice(items.join(', '), source.shape), '');
  if (newAxes.length === 0) return array(part);
  const omitted = source.shape.length - items.filter(item => item !== '...').length;
  const axesOf = (item: string): number => (item === '...' ? omitted : item.includes(':') ? 1 : 0);
  const positions = newAxes.map(
    (before, earlier) => items.slice(0, before).reduce((sum, item) => sum + axesOf(item), 0) + earlier,
  );
  return array(expanded(part, positions));
}

/** An index as `parseSlice` reads it. */
async function textOf(index: Index, signal?: AbortSignal): Promise<string> {
  switch (index.kind) {
    case 'ellipsis':
      return '...';
    case 'slice': {
      const [start = '', stop = '', step] = await partsOf(index.parts, signal);
      return `${start}:${stop}${step === undefined ? '' : `:${step}`}`;
    }
    case 'at':
      return String(await positionOf(index.operand, signal));
  }
}

async function partsOf(
  parts: readonly (Operand | undefined)[],
  signal?: AbortSignal,
): Promise<(number | undefined)[]> {
  const numbers: (number | undefined)[] = [];
  for (const part of parts) {
    numbers.push(part && part.kind !== 'none' ? await positionOf(part, signal) : undefined);
  }
  return numbers;
}

async function positionOf(operand: Operand, signal?: AbortSignal): Promise<number> {
  const value = valueOf(operand);
  if (value.kind === 'tuple' || (value.kind === 'array' && value.source.shape.length > 0)) {
    throw new ExpressionError(
      `an array cannot be indexed with ${describe(value)} here: use slices like 0:10:2, or where()`,
    );
  }
  return wholeOf(value, 'an index', signal);
}

/** An item of a tuple, or a part of it. @throws ExpressionError, CancelledError */
export async function indexTuple(
  items: readonly Operand[],
  indices: readonly Index[],
  signal?: AbortSignal,
): Promise<Operand> {
  const [index, ...rest] = indices;
  if (rest.length > 0 || index.kind === 'ellipsis') throw new ExpressionError('a tuple has one axis');
  const { region, kept } = parseSlice(await textOf(index, signal), [items.length]);
  const [{ start, count, step }] = region;
  const chosen = Array.from({ length: count }, (_, i) => items[start + i * step]);
  return kept.length === 0 ? chosen[0] : tuple(chosen);
}
