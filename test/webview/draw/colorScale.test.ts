import assert from 'node:assert/strict';
import { COLORMAP_NAMES, colormap, COLORS, inkOn, NOT_FINITE } from '../../../webview/draw/colormap';
import { colorOf, positionOf, rasteriser } from '../../../webview/draw/colorScale';

describe('draw/colorScale', () => {
  it('has all colours of every map', () => {
    for (const name of COLORMAP_NAMES) {
      const { colors } = colormap(name);
      assert.equal(colors.length, COLORS, name);
      assert.ok(
        colors.flat().every(channel => Number.isInteger(channel) && channel >= 0 && channel <= 255),
        name,
      );
    }
    assert.deepEqual(colormap('viridis').colors[0], [68, 1, 84]);
    assert.deepEqual(colormap('grey').colors[255], [255, 255, 255]);
    assert.deepEqual(colormap('greyInverted').colors[255], [0, 0, 0]);
  });

  it('clamps to the ends of the domain', () => {
    const scale = { colormap: 'grey', domain: { min: 0, max: 2 } } as const;
    assert.deepEqual(
      [-1, 0, 1, 2, 9].map(value => positionOf(scale, value)),
      [0, 0, 0.5, 1, 1],
    );
  });

  it('puts zero in the middle of a diverging map, whatever the domain', () => {
    const scale = { colormap: 'redBlue', domain: { min: -1, max: 4 } } as const;
    assert.equal(positionOf(scale, 0), 0.5);
    assert.equal(positionOf(scale, -1), 0.375);
    const [red, , blue] = colorOf(scale, 4);
    assert.ok(red > blue, 'positive is red');
  });

  it('draws equal values at mid-scale, and zeros as zero', () => {
    assert.equal(positionOf({ colormap: 'viridis', domain: { min: 3, max: 3, note: 'equal' } }, 3), 0.5);
    assert.equal(positionOf({ colormap: 'redBlue', domain: { min: 0, max: 0, note: 'equal' } }, 0), 0.5);
  });

  it('survives a domain as wide as floats go', () => {
    const scale = { colormap: 'grey', domain: { min: -1.7e308, max: 1.7e308 } } as const;
    assert.ok(Math.abs(positionOf(scale, 0) - 0.5) < 1e-12);
    assert.equal(positionOf(scale, 1.7e308), 1);
  });

  it('rasterises to the colours of colorOf, strided, with marks for what is not finite', () => {
    const values = [-5, 9, NaN, 9, Infinity, 9, -Infinity, 9, 0.3, 9, 7, 9];
    for (const name of COLORMAP_NAMES) {
      const scale = { colormap: name, domain: { min: -1, max: 1 } };
      const pixels = new Uint32Array(7);
      rasteriser(scale)(values, 0, 2, 6, pixels, 1);
      const bytes = new Uint8Array(pixels.buffer);
      for (let i = 0; i < 6; i++) {
        const expected = [...colorOf(scale, values[2 * i]), 255];
        assert.deepEqual([...bytes.slice(4 * (i + 1), 4 * (i + 2))], expected, `${name} ${values[2 * i]}`);
      }
    }
    assert.deepEqual(colorOf({ colormap: 'grey', domain: { min: 0, max: 1 } }, NaN), NOT_FINITE.nan);
  });

  it('writes in the ink that stands out', () => {
    assert.equal(inkOn([255, 255, 255]), '#000');
    assert.equal(inkOn([0, 0, 0]), '#fff');
    assert.equal(inkOn([68, 1, 84]), '#fff');
    assert.equal(inkOn([253, 231, 37]), '#000');
  });
});
