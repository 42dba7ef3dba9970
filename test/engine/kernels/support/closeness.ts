import assert from 'node:assert/strict';
import type { Tensor } from '../../../../engine';

/** Asserts that numbers differ from exact ones by at most 1e-4 of the largest of these. */
export function assertClose(actual: Tensor, exact: Tensor): void {
  assert.deepEqual(actual.shape, exact.shape);
  const expected = exact.numbers();
  let scale = 0;
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  actual.numbers().forEach((value, i) => {
    if (!(Math.abs(value - expected[i]) <= 1e-4 * scale))
      assert.fail(`[${i}] is ${value}, not ${expected[i]}`);
  });
}
