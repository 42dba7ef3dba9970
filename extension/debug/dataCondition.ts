import type { ArrayEvent } from '../../engine';

/** What an array has to do for a data breakpoint to stop. */
export interface DataCondition {
  readonly event: ArrayEvent;
  readonly limit?: number;
}

/**
 * The condition of a data breakpoint as its user writes it: nothing or `nan`, `zero`, `shape`, `|x| > 5`.
 * @throws Error listing them
 */
export function parseDataCondition(text = ''): DataCondition {
  const condition = text.trim().toLowerCase();
  if (/^(|nan|inf|nan or inf|not finite)$/.test(condition)) return { event: 'notFinite' };
  if (/^(all )?zeros?$/.test(condition)) return { event: 'allZero' };
  if (/^shape( changes)?$/.test(condition)) return { event: 'shapeChanges' };
  const size = /^(?:\|[\w.]+\||abs\([\w.]+\))\s*>\s*(\d*\.?\d+(?:e[+-]?\d+)?)$/.exec(condition);
  if (size) return { event: 'exceeds', limit: Number(size[1]) };
  throw new Error(`the condition of a data breakpoint is one of: nan, zero, shape, |x| > 5; it is '${text}'`);
}
