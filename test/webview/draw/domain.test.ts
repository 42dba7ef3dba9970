import assert from 'node:assert/strict';
import { statsOf, Tensor, tensorSource } from '../../../engine';
import { domainOfStats, domainOfValues, type RangeMode } from '../../../webview/draw/domain';

const MIN_MAX: RangeMode = { kind: 'minMax' };

describe('draw/domain', () => {
  it('takes the finite values only', () => {
    assert.deepEqual(domainOfValues([NaN, -2, Infinity, 5, -Infinity], MIN_MAX), { min: -2, max: 5 });
  });

  it('is symmetric about zero', () => {
    assert.deepEqual(domainOfValues([-2, 5], { kind: 'symmetric' }), { min: -5, max: 5 });
  });

  it('says why a range says little', () => {
    assert.deepEqual(domainOfValues([3, 3], MIN_MAX), { min: 3, max: 3, note: 'equal' });
    assert.deepEqual(domainOfValues([3, 3], { kind: 'symmetric' }), { min: -3, max: 3, note: 'equal' });
    assert.deepEqual(domainOfValues([], MIN_MAX), { min: 0, max: 0, note: 'empty' });
    assert.deepEqual(domainOfValues([NaN], { kind: 'percentile', low: 1, high: 99 }), {
      min: 0,
      max: 0,
      note: 'empty',
    });
  });

  it("interpolates percentiles as NumPy's default does", () => {
    const values = Array.from({ length: 11 }, (_, i) => 10 - i);
    assert.deepEqual(domainOfValues(values, { kind: 'percentile', low: 5, high: 90 }), { min: 0.5, max: 9 });
  });

  it('keeps colours for the few values that differ from the others', () => {
    const sparse = Array.from({ length: 1000 }, (_, i) => (i === 7 ? 3 : 0));
    assert.deepEqual(domainOfValues(sparse, { kind: 'percentile', low: 1, high: 99 }), { min: 0, max: 3 });
  });

  it('orders a manual range and refuses one that is no range', () => {
    assert.deepEqual(domainOfValues([], { kind: 'manual', min: 2, max: -1 }), { min: -1, max: 2 });
    assert.equal(domainOfValues([1, 2], { kind: 'manual', min: NaN, max: 1 }).note, 'empty');
  });

  it('finds from statistics what it finds from the values, to a bin of the histogram', async () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 3 + Math.cos(i * i));
    const stats = await statsOf(tensorSource('v', Tensor.from(values, [5000], 'float64')));
    const bin = (stats.max - stats.min) / stats.histogram.length;
    assert.deepEqual(domainOfStats(stats, MIN_MAX), domainOfValues(values, MIN_MAX));
    const percentile: RangeMode = { kind: 'percentile', low: 5, high: 95 };
    const [fromStats, fromValues] = [domainOfStats(stats, percentile), domainOfValues(values, percentile)];
    assert.ok(Math.abs(fromStats.min - fromValues.min) <= bin);
    assert.ok(Math.abs(fromStats.max - fromValues.max) <= bin);
  });
});
