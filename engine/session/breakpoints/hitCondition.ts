import { ExpressionError } from '../../errors';

const HIT_CONDITION = /^\s*(%|[<>=]=?|)\s*(\d+)\s*$/;

/**
 * Whether a breakpoint that has been reached `hits` times is to stop: `5` at the fifth time, `% 2` every second time; `<`,
 * `<=`, `>`, `>=` as they are read.
 * @throws ExpressionError
 */
export function meetsHitCondition(condition: string, hits: number): boolean {
  const match = HIT_CONDITION.exec(condition);
  if (!match) throw new ExpressionError(`hit count '${condition}': write a number like 5, >= 3 or % 2`);
  const limit = Number(match[2]);
  switch (match[1]) {
    case '%':
      return limit > 0 && hits % limit === 0;
    case '<':
      return hits < limit;
    case '<=':
      return hits <= limit;
    case '>':
      return hits > limit;
    case '>=':
      return hits >= limit;
    default:
      return hits === limit;
  }
}
