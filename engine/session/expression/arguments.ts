import { ExpressionError } from '../../errors';
import { nearestName } from '../../network/file/nearestName';
import { valueOf, wholeOf, type Arguments, type Operand } from './operand';

/** ` ; did you mean 'mean'?`, where a name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/**
 * Arguments by the names of the parameters that they are for.
 * @throws ExpressionError if there are too many, or one that the function does not have
 */
export function bind(
  { positional, named }: Arguments,
  parameters: readonly string[],
): ReadonlyMap<string, Operand> {
  if (positional.length > parameters.length) {
    throw new ExpressionError(
      `takes ${parameters.length} arguments (${parameters.join(', ')}), not ${positional.length}`,
    );
  }
  const bound = new Map(positional.map((argument, i) => [parameters[i], argument]));
  for (const [name, argument] of named) {
    if (!parameters.includes(name)) {
      throw new ExpressionError(`has no argument '${name}'${didYouMean(name, parameters)}`);
    }
    if (bound.has(name)) throw new ExpressionError(`was given ${name} twice`);
    bound.set(name, argument);
  }
  return bound;
}

/** @throws ExpressionError if it was left out */
export function required(bound: ReadonlyMap<string, Operand>, name: string): Operand {
  const operand = bound.get(name);
  if (!operand) throw new ExpressionError(`needs the argument '${name}'`);
  return operand;
}

/**
 * Axes of an array of `rank` axes, as positions from 0: one, several in a tuple, all where nothing is given.
 * @throws ExpressionError, CancelledError
 */
export async function axesOf(
  operand: Operand | undefined,
  rank: number,
  signal?: AbortSignal,
): Promise<number[]> {
  if (!operand || operand.kind === 'none') return Array.from({ length: rank }, (_, axis) => axis);
  const axes: number[] = [];
  for (const number of await wholesOf(operand, 'an axis', signal)) {
    if (number < -rank || number >= rank) {
      throw new ExpressionError(`axis ${number} is outside of the ${rank} axes of the array`);
    }
    const axis = number < 0 ? number + rank : number;
    if (axes.includes(axis)) throw new ExpressionError(`axis ${number} is named twice`);
    axes.push(axis);
  }
  return axes;
}

/** Whole numbers, from a tuple of them or one alone. @throws ExpressionError, CancelledError */
export async function wholesOf(operand: Operand, what: string, signal?: AbortSignal): Promise<number[]> {
  const value = valueOf(operand);
  const numbers: number[] = [];
  for (const item of value.kind === 'tuple' ? value.items : [value])
    numbers.push(await wholeOf(item, what, signal));
  return numbers;
}
