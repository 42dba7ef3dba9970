import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scaling } from '../../../engine';
import { NOT_POSITIVE } from '../../../webview/draw/colormap';
import { colorOf, positionOf, rasteriser, valuesAlong } from '../../../webview/draw/colorScale';
import { rgbRasteriser } from '../../../webview/draw/rgb';
import { valueTicks } from '../../../webview/draw/valueTicks';

const LOG: Scaling = { kind: 'log' };
const SYMLOG: Scaling = { kind: 'symlog', threshold: 0.5 };

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual} ≠ ${expected}`);
}

describe('colours along a scaling', () => {
  it('gives equal ratios equal lengths of the colours', () => {
    const scale = { colormap: 'viridis', domain: { min: 1, max: 10_000 }, scaling: LOG } as const;
    [1, 10, 100, 1000, 10_000].forEach((value, i) => close(positionOf(scale, value), i / 4));
    assert.deepEqual([...valuesAlong(scale, 5)].map(Math.round), [1, 10, 100, 1000, 10_000]);
    assert.deepEqual(colorOf(scale, 0), NOT_POSITIVE);
  });

  it('keeps zero in the middle of a symmetric logarithm', () => {
    const scale = { colormap: 'redBlue', domain: { min: -3, max: 900 }, scaling: SYMLOG } as const;
    close(positionOf(scale, 0), 0.5);
    close(positionOf(scale, 900), 1);
    close(positionOf(scale, 20) + positionOf(scale, -20), 1);
  });

  it('rasterises to the colours of colorOf', () => {
    const values = [-1, 0, 1e-9, 0.5, 3, 80, 1e9, NaN, Infinity, -Infinity];
    for (const scaling of [LOG, SYMLOG]) {
      const scale = { colormap: 'viridis', domain: { min: 0.1, max: 100 }, scaling } as const;
      const pixels = new Uint32Array(values.length);
      rasteriser(scale)(values, 0, 1, values.length, pixels, 0);
      const bytes = new Uint8Array(pixels.buffer);
      values.forEach((value, i) =>
        assert.deepEqual([...bytes.slice(4 * i, 4 * i + 3)], [...colorOf(scale, value)], `${value}`),
      );
    }
  });
});

describe('draw/valueTicks', () => {
  it('are whole where there are whole numbers only', () => {
    assert.deepEqual(valueTicks({ kind: 'linear' }, 1, 3, 8, true), [1, 2, 3]);
    assert.deepEqual(valueTicks({ kind: 'linear' }, 0, 1, 4, true), [0, 1]);
    assert.deepEqual(valueTicks({ kind: 'linear' }, 0, 255, 4, true), [0, 100, 200]);
    assert.deepEqual(valueTicks({ kind: 'symlog', threshold: 0.1 }, -10, 10, 8, true), [-10, -1, 0, 1, 10]);
  });

  it('are round, inside the range, and no more than asked for by much', () => {
    assert.deepEqual(valueTicks({ kind: 'linear' }, -0.33, 0.51, 5), [-0.2, 0, 0.2, 0.4]);
    assert.deepEqual(valueTicks({ kind: 'linear' }, 0, 255, 4), [0, 100, 200]);
    assert.deepEqual(valueTicks(LOG, 0.002, 5000, 4), [0.01, 1, 100]);
    assert.deepEqual(valueTicks(SYMLOG, -100, 1000, 8), [-100, -10, -1, 0, 1, 10, 100, 1000]);
    assert.deepEqual(valueTicks({ kind: 'linear' }, 3, 3, 4), []);
    const range = fc.tuple(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
    );
    fc.assert(
      fc.property(range, range, ([a, most], [b]) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const ticks = valueTicks({ kind: 'linear' }, min, max, most);
        assert.ok(ticks.length <= most + 2, `${ticks.length} of ${most}`);
        assert.ok(ticks.every(tick => tick >= min && tick <= max));
      }),
    );
  });
});

describe('draw/rgb', () => {
  it('mixes three values to a colour between black and full light', () => {
    const pixels = new Uint32Array(3);
    const channels = [
      [0, 0.5, NaN],
      [1, -2, 0],
      [0.25, 9, 0],
    ];
    rgbRasteriser({ min: 0, max: 1 })(channels, 0, 1, 3, pixels, 0);
    assert.deepEqual(
      [...new Uint8Array(pixels.buffer)],
      [0, 255, 64, 255, 128, 0, 255, 255, 255, 0, 255, 255],
    );
  });
});
