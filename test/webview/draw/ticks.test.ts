import assert from 'node:assert/strict';
import { groupPeriods, tickRule, ticksIn } from '../../../webview/draw/ticks';

describe('draw/ticks', () => {
  const ROWS = [100, 24, 24]; // n, oh, ow

  it('labels every position where there is room', () => {
    assert.deepEqual(tickRule(ROWS, 16, 12), { variable: 2, step: 1 });
  });

  it('labels every few values, beginning anew with the slower variables', () => {
    const rule = tickRule(ROWS, 3, 12);
    assert.deepEqual(rule, { variable: 2, step: 5 });
    assert.deepEqual(ticksIn(ROWS, rule, 0, 40), [0, 5, 10, 15, 20, 24, 29, 34, 39]);
    assert.deepEqual(ticksIn(ROWS, rule, 15, 25, 5), [15, 24]);
  });

  it('goes over to slower variables as cells get small', () => {
    assert.deepEqual(tickRule(ROWS, 0.5, 12), { variable: 1, step: 1 });
    assert.deepEqual(tickRule(ROWS, 1 / 8, 12), { variable: 1, step: 5 });
    assert.deepEqual(tickRule([10_000, 24, 24], 1e-4, 12), { variable: 0, step: 500 });
  });

  it('separates groups of the slower variables', () => {
    assert.deepEqual(groupPeriods([3, 5, 5], 16, 24), [5, 25]);
    assert.deepEqual(groupPeriods([3, 5, 5], 2, 24), [25]);
    assert.deepEqual(groupPeriods([1, 5, 5], 16, 24), [5]);
    assert.deepEqual(groupPeriods([28], 16, 24), []);
  });
});
