import assert from 'node:assert/strict';
import { Tensor, tensorSource } from '../../../engine';
import { reducePlane } from '../../../extension/worker/arrays/reducePlane';
import { fromWire } from '../../../webview/protocol';
import { linePieces, lineValue, visitBlocks } from '../../../webview/views/line/linePieces';
import { heightOf, lineScale } from '../../../webview/views/line/lineScale';

const array = { name: 'a', dtype: 'float64', shape: [2, 10_000] } as const;
const line = { array, axis: 1, index: [1, 0] };

describe('views/line', () => {
  it('reads what is seen, element by element or in blocks', () => {
    const [first, ...rest] = linePieces(line, { start: 3000, end: 3010 }, 1);
    assert.deepEqual(rest, []);
    assert.deepEqual([first.start, first.count], [2048, 2048]);
    assert.ok('region' in first.request);
    assert.deepEqual(first.request.region[0], { start: 1, count: 1, step: 1 });
    const blocks = linePieces(line, { start: 0, end: 10_000 }, 4);
    assert.deepEqual(
      blocks.map(({ start, count }) => [start, count]),
      [
        [0, 8192],
        [8192, 1808],
      ],
    );
  });

  it('gives the extremes of each block that is seen, and single values only where they were read', async () => {
    const values = Float64Array.from({ length: 20_000 }, (_, i) => (i % 7) * (i % 2 ? -1 : 1));
    const source = tensorSource('a', Tensor.from(values, [2, 10_000], 'float64'));
    const pieces = linePieces(line, { start: 0, end: 100 }, 8).map(async piece => {
      assert.ok('block' in piece.request);
      const reduced = await reducePlane(source, piece.request, new AbortController().signal);
      assert.ok(reduced.extremes);
      const { min, max } = reduced.extremes;
      const extremes = Float64Array.from([...fromWire(min).numbers(), ...fromWire(max).numbers()]);
      return { ...piece, tile: { values: fromWire(reduced.mean).numbers(), extremes } };
    });
    const arrived = await Promise.all(pieces);
    const seen: number[][] = [];
    visitBlocks(arrived, { start: 20, end: 30 }, (...block) => seen.push(block));
    assert.deepEqual(
      seen,
      [16, 24].map(start => {
        const block = [...values.slice(10_000 + start, 10_000 + start + 8)];
        return [start, Math.min(...block), Math.max(...block)];
      }),
    );
    assert.equal(lineValue(arrived, 20), undefined);
  });

  it('looks at the beginnings of long blocks, and says so', async () => {
    const length = 4 * 8192;
    const source = tensorSource('a', Tensor.arange([length], 'float64'));
    const request = { array: '0', index: [0], columnAxis: 0, rows: [0, 1], columns: [0, length] } as const;
    const { extremes, sampled } = await reducePlane(
      source,
      { ...request, block: 8192, extremes: true },
      new AbortController().signal,
    );
    assert.equal(sampled, 2);
    assert.ok(extremes);
    assert.deepEqual([...fromWire(extremes.min).numbers()], [0, 8192, 16_384, 24_576]);
    assert.deepEqual([...fromWire(extremes.max).numbers()], [4095, 12_287, 20_479, 28_671]);
  });

  it('lies between the ends of the range, with room where all values are equal', () => {
    const height = heightOf(lineScale({ colormap: 'grey', domain: { min: -1, max: 3 } }), 10, 50);
    assert.deepEqual([height(3), height(1), height(-1), height(99)], [10, 30, 50, 10]);
    assert.ok(Number.isNaN(height(NaN)));
    const equal = heightOf(lineScale({ colormap: 'grey', domain: { min: 5, max: 5, note: 'equal' } }), 0, 8);
    assert.equal(equal(5), 4);
  });
});
