import type { ArraySketch } from '../../protocol';

/** What is odd about an array's values: no finite numbers, or no differences. */
export interface Oddity {
  readonly kind: 'nan' | 'posInf' | 'negInf' | 'zero' | 'constant';
  /** Elements it is true of. */
  readonly count: number;
}

/** @returns the worst first */
export function odditiesOf(sketch: ArraySketch): Oddity[] {
  const { min, max, zeros, seen } = sketch;
  const notFinite = (['nan', 'posInf', 'negInf'] as const)
    .map(kind => ({ kind, count: sketch[kind] }))
    .filter(({ count }) => count > 0);
  // One number alone is no pattern.
  if (notFinite.length > 0 || min !== max || seen < 2) return notFinite;
  return [zeros === seen ? { kind: 'zero', count: zeros } : { kind: 'constant', count: seen }];
}
