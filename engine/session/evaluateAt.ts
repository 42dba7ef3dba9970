import { ExpressionError } from '../errors';
import { tensorSource, type ArraySource } from '../tensor';
import { evaluate } from './expression/evaluate';
import { asArray, toValue } from './expression/operand';
import { parseStatement } from './expression/parser';
import { hold, named } from './expression/views';
import { scopeAt, type Viewpoint } from './naming/scopeAt';
import type { FrameLevel, Value } from './session';

/**
 * The value of an expression where a session stands. `saved['name'] = …` keeps a copy of it.
 * @throws ExpressionError, CancelledError, and whatever reading an array throws
 */
export async function evaluateAt(
  viewpoint: Viewpoint & { readonly saved: Map<string, ArraySource> },
  expression: string,
  frame: FrameLevel,
  signal?: AbortSignal,
): Promise<Value> {
  const statement = parseStatement(expression);
  const operand = await evaluate(statement, scopeAt(viewpoint, frame), signal);
  const { target } = statement;
  if (target !== undefined) {
    viewpoint.saved.set(target, tensorSource(target, await hold(asArray(operand).source, signal)));
  }
  const value = await toValue(operand, signal);
  return value.kind === 'array' ? { kind: 'array', source: named(value.source, expression) } : value;
}

/** Why an expression cannot be read; `undefined` where it can. */
export function checkExpression(expression: string): string | undefined {
  try {
    parseStatement(expression);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}
