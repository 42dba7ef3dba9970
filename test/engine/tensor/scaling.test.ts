import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scaled, shownRange, unscaled, type Scaling } from '../../../engine';

const LOG: Scaling = { kind: 'log' };
const SYMLOG: Scaling = { kind: 'symlog', threshold: 0.5 };

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual} ≠ ${expected}`);
}

describe('scaling', () => {
  it('goes to a place and back', () => {
    const values = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(values, value => {
        close(unscaled(SYMLOG, scaled(SYMLOG, value)), value);
        if (value > 1e-12) close(unscaled(LOG, scaled(LOG, value)), value);
      }),
    );
  });

  it('has no place for what is not positive on a logarithm', () => {
    assert.ok(Number.isNaN(scaled(LOG, 0)) && Number.isNaN(scaled(LOG, -3)));
    assert.deepEqual(shownRange(LOG, { min: -5, max: 1000 }), { min: 0.001, max: 1000 });
    assert.deepEqual(shownRange(LOG, { min: 2, max: 8 }), { min: 2, max: 8 });
  });
});
